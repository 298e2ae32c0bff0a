import type { Workbox } from 'workbox-window';
import type { Tap } from '../../core/messaging/tap.ts';
import type { PageBuild } from './page-build.ts';
import { SERVICE_WORKER, trustedScript } from './trusted-script.ts';

/** A tab may stay open for weeks, and only navigations make the browser look for a new version. */
const LOOK_EVERY_MS = 60 * 60_000;
/** How long a take-over may take until the user is offered it again. */
const TAKE_OVER_MS = 30_000;

const LIFE = [
  'installed',
  'waiting',
  'activating',
  'activated',
  'controlling',
  'redundant',
] as const;

/**
 * Registers the service worker and follows its life. A new version waits until the user takes it,
 * in whichever tab, or until the last tab has gone.
 */
export class WorkerRegistration extends EventTarget {
  /** The first version on this device was installed and is at work, in this very visit. */
  firstActive = false;
  /** Resolves with an active worker; rejects where the browser will not have one. */
  readonly ready: Promise<ServiceWorkerRegistration>;
  /** The user has taken the new version here, and it has not begun yet. */
  taking = false;
  /** A new version is at work, and this page is still one of the old. */
  taken = false;
  private registration: ServiceWorkerRegistration | undefined;
  /** ms since 1970 */
  private lookedAt = 0;
  private workbox: Workbox | undefined;
  private readonly seen = new WeakMap<ServiceWorker, Set<string>>();
  private readonly tap: Tap;
  private readonly build: PageBuild;

  constructor(container: ServiceWorkerContainer, tap: Tap, build: PageBuild) {
    super();
    this.tap = tap;
    this.build = build;
    this.ready = this.register(container);
    for (const type of ['online', 'visibilitychange']) {
      // Bubbles from the document; `online` is the window's own.
      addEventListener(type, () => void this.lookForUpdate());
    }
  }

  /** The library comes behind the first paint, which does not need it. */
  private async register(container: ServiceWorkerContainer): Promise<ServiceWorkerRegistration> {
    const { Workbox } = await import('workbox-window');
    this.workbox = new Workbox(trustedScript(SERVICE_WORKER), {
      // The script itself is never answered from the browser's cache: an update is seen at once.
      updateViaCache: 'none',
      type: import.meta.env.DEV ? 'module' : 'classic',
    });
    for (const type of LIFE) {
      this.workbox.addEventListener(type, ({ sw, isExternal }) => this.note(type, sw, isExternal));
    }
    this.workbox.addEventListener('activated', ({ isUpdate }) => {
      // Every file of it is here: it was not installed before.
      this.firstActive = !isUpdate;
      this.dispatchEvent(new Event('change'));
    });
    const registration = await this.workbox.register({ immediate: true });
    if (registration) this.follow(registration, container);
    // The browser looks after a navigation as well, but not soon after a deploy that was broken.
    if (registration?.active) void this.lookForUpdate();
    else this.lookedAt = Date.now();
    return whenActive(registration);
  }

  /** A new version is installed and waits for the user's word, whoever has found it. */
  get waiting(): boolean {
    const { waiting, active } = this.registration ?? {};
    return (waiting ?? null) !== null && (active ?? null) !== null;
  }

  /** Lets the waiting version take over, and reloads once it has. */
  async takeUpdate(): Promise<void> {
    const { waiting } = await this.ready;
    // Another tab was first: the new version is at work already.
    if (!waiting) return location.reload();
    this.setTaking(true);
    const onState = () => {
      if (waiting.state === 'activated' && this.taking) location.reload();
      // A still newer one has come in its place.
      if (waiting.state === 'redundant') this.setTaking(false);
    };
    waiting.addEventListener('statechange', onState);
    setTimeout(() => this.setTaking(false), TAKE_OVER_MS);
    this.workbox?.messageSkipWaiting();
    onState();
  }

  /**
   * workbox-window follows the updates that it knows of: not more than one that another tab, or the
   * browser, has found. So what is shown comes from the registration itself.
   */
  private follow(registration: ServiceWorkerRegistration, container: ServiceWorkerContainer): void {
    this.registration = registration;
    let last = registration.active;
    const onUpdate = () => {
      const { installing } = registration;
      if (!installing) return;
      this.note('installing', installing);
      installing.addEventListener('statechange', () => this.note(installing.state, installing));
    };
    registration.addEventListener('updatefound', onUpdate);
    onUpdate();
    this.changed();
    container.addEventListener('controllerchange', async () => {
      // Not when the page's own worker claims it, on a first load or after a forced reload.
      const isOther = last !== null && registration.active !== last;
      last = registration.active;
      if (isOther && !(await this.build.isCurrent())) this.taken = true;
      this.changed();
    });
  }

  private async lookForUpdate(): Promise<void> {
    // The clock may have been set back.
    const isTime = Math.abs(Date.now() - this.lookedAt) >= LOOK_EVERY_MS;
    if (document.hidden || !this.registration || !isTime) return;
    try {
      await this.workbox?.update();
      this.lookedAt = Date.now();
    } catch {
      // No connection, or a deploy that is broken: the version at work stays. Next time again.
    }
  }

  /** Tells the Inspector once of each step, and everyone who shows how things stand. */
  private note(type: string, worker: ServiceWorker | undefined, isExternal = false): void {
    this.changed();
    if (!worker) return;
    const steps = this.seen.get(worker) ?? new Set();
    if (steps.has(type)) return;
    this.seen.set(worker, steps.add(type));
    this.tap.record(() => ({
      channel: 'life',
      from: 'browser',
      to: 'page',
      type,
      phase: 'only',
      payload: { script: worker.scriptURL, isExternal },
    }));
  }

  private setTaking(taking: boolean): void {
    this.taking = taking;
    this.changed();
  }

  private changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}

/** `container.ready` would wait for ever for a worker that could not be installed. */
async function whenActive(
  registration: ServiceWorkerRegistration | undefined,
): Promise<ServiceWorkerRegistration> {
  const worker = registration?.active ?? registration?.waiting ?? registration?.installing;
  if (!registration || !worker) throw new Error('nothing was registered');
  if (registration.active) return registration;
  await new Promise<void>((resolve, reject) => {
    const look = () => {
      if (registration.active) resolve();
      else if (worker.state === 'redundant') reject(new Error('the worker did not install'));
    };
    worker.addEventListener('statechange', look);
    look();
  });
  return registration;
}
