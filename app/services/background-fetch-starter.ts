import type { BackgroundFetchPlan, LaunchRefusal } from '../../core/contract/requests.ts';
import type { WorkerLink } from './worker-link.ts';

/** Planning a download looks at its host first, which may be slow. */
const CLAIM_TIMEOUT_MS = 120_000;

/**
 * Starts Background Fetches: the one part of a download that only a page may do. The worker plans
 * them, and is told what became of each.
 */
export class BackgroundFetchStarter {
  /** Gets every registration that this page starts, while an Inspector is open. */
  onStarted: ((registration: BackgroundFetchRegistration) => void) | undefined;
  private readonly link: WorkerLink;
  private readonly registration: Promise<ServiceWorkerRegistration>;
  private running: Promise<void> | undefined;
  private again = false;

  constructor(link: WorkerLink, registration: Promise<ServiceWorkerRegistration>) {
    this.link = link;
    this.registration = registration;
  }

  /** Starts whatever can be started now, in the order in which the worker plans it. Calls that come meanwhile are not lost. */
  startAll(): Promise<void> {
    this.again = true;
    this.running ??= this.run().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  private async run(): Promise<void> {
    const { backgroundFetch } = await this.registration;
    if (!backgroundFetch) return;
    while (this.again) {
      this.again = false;
      for (;;) {
        const timeoutMs = CLAIM_TIMEOUT_MS;
        const { plan } = await this.link.send('download/claim', {}, { timeoutMs });
        if (!plan) break;
        const refusal = await this.launch(backgroundFetch, plan);
        await this.link.send('download/launched', { fetchId: plan.fetchId, refusal });
      }
    }
  }

  private async launch(
    manager: BackgroundFetchManager,
    { fetchId, title, downloadTotalBytes, requests }: BackgroundFetchPlan,
  ): Promise<LaunchRefusal | null> {
    try {
      const registration = await manager.fetch(
        fetchId,
        requests.map(({ url, range }) => new Request(url, range ? { headers: { range } } : {})),
        { title, ...(downloadTotalBytes !== null && { downloadTotal: downloadTotalBytes }) },
      );
      this.onStarted?.(registration);
      return null;
    } catch (error) {
      return refusalBehind(manager, error);
    }
  }
}

/** The browser's limit of live registrations. */
const MAX_LIVE = 5;

/** A sixth live registration and a permission that is off are the same bare TypeError in Chromium. */
async function refusalBehind(
  manager: BackgroundFetchManager,
  error: unknown,
): Promise<LaunchRefusal> {
  if (error instanceof DOMException && error.name === 'QuotaExceededError') return 'no-space';
  if (error instanceof DOMException && error.name === 'NotAllowedError') return 'not-allowed';
  if (error instanceof TypeError) {
    return (await manager.getIds()).length >= MAX_LIVE ? 'too-many' : 'not-allowed';
  }
  return 'unexpected';
}
