import { isProtocolMismatch } from '../../core/messaging/errors.ts';
import type { PageCause } from '../../core/model/wake-up.ts';
import type { BackgroundFetchStarter } from './background-fetch-starter.ts';
import type { WorkerLink } from './worker-link.ts';

/** A step of the worker ends after 20 s; an answer that takes longer will not come. */
const STEP_TIMEOUT_MS = 40_000;
const AFTER_ERROR_MS = 2_000;
const CLAIM_AGAIN_MS = 250;
/** However long there is nothing to do: clocks jump and machines sleep, and timers know of neither. */
const LONGEST_PAUSE_MS = 60_000;

/**
 * Keeps downloads moving while this page is open: asks the worker for one step after the other
 * until there is nothing to do. Every open page does; the worker lets them share its steps, so no
 * page has to lead.
 */
export class DownloadDriver {
  private readonly link: WorkerLink;
  private readonly starter: BackgroundFetchStarter;
  private wake: () => void = () => undefined;
  private nudged = false;
  /** Of the next step. */
  private by: PageCause = 'page-open';

  constructor(link: WorkerLink, starter: BackgroundFetchStarter) {
    this.link = link;
    this.starter = starter;
  }

  /** Never ends: for the life of the page. The start-up check comes before anything new. */
  async run(): Promise<never> {
    addEventListener('online', () => this.nudge('online'));
    const { connection } = navigator;
    // Another network may be one that downloads wait for.
    if (connection instanceof EventTarget) {
      connection.addEventListener('change', () => this.nudge('online'));
    }
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) this.nudge('visibility');
    });
    this.link.onNewWorker(() => this.nudge());
    await this.attempt(() => this.link.send('downloads/reconcile', {}, { timeoutMs: 60_000 }));
    for (;;) {
      this.nudged = false;
      const pauseMs = await this.attempt(() => this.step());
      await this.pause(pauseMs === undefined ? AFTER_ERROR_MS : pauseMs);
    }
  }

  /** Something was asked for: look now. */
  nudge(by: PageCause = 'message'): void {
    this.nudged = true;
    this.by = by;
    this.wake();
  }

  /** Resolves with the ms until the next step; `null` when nothing is left to do. */
  private async step(): Promise<number | null> {
    // Beside the step: neither waits for the other's hosts.
    this.starter.startAll().catch((error) => console.warn('a claim went unanswered', error));
    const timeoutMs = STEP_TIMEOUT_MS;
    const { by } = this;
    this.by = 'advance';
    try {
      const { againInMs, claimable } = await this.link.send(
        'downloads/advance',
        { by },
        { timeoutMs },
      );
      return claimable ? CLAIM_AGAIN_MS : againInMs;
    } catch (error) {
      // Asking this worker again would be answered alike: wait for the next one, or for the reload.
      if (isProtocolMismatch(error)) return null;
      throw error;
    }
  }

  private async attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      // The worker was ended or replaced in the middle of it. Rows are the truth: ask again.
      console.warn('a download step went unanswered', error);
      return undefined;
    }
  }

  private async pause(pauseMs: number | null): Promise<void> {
    if (this.nudged) return;
    await new Promise<void>((resolve) => {
      const timer =
        pauseMs === null ? undefined : setTimeout(resolve, Math.min(pauseMs, LONGEST_PAUSE_MS));
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
