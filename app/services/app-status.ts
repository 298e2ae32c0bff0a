import type { AppStatus } from '../contexts.ts';
import { hadLibrary, rememberLibrary } from './library-memory.ts';
import { tellOnce } from './tell-once.ts';
import type { WorkerLink } from './worker-link.ts';
import type { WorkerRegistration } from './worker-registration.ts';

const MAKE_WAY_MS = 2_000;

/** How long the good news stays if nobody takes it. */
const READY_MS = 15_000;

/** Follows the browser, the network and the worker, for everyone who shows how things stand. */
export class BrowserStatus extends EventTarget implements AppStatus {
  online = navigator.onLine;
  worker: AppStatus['worker'];
  libraryLost = false;
  readyOffline = false;
  readonly version = import.meta.env.APP_VERSION;
  private installPrompt: BeforeInstallPromptEvent | undefined;
  private readonly registration: WorkerRegistration | undefined;
  private readonly link: WorkerLink;

  constructor(registration: WorkerRegistration | undefined, link: WorkerLink) {
    super();
    this.registration = registration;
    this.link = link;
    this.worker = registration ? 'starting' : 'online-only';
    for (const type of ['online', 'offline']) {
      addEventListener(type, () => this.change(() => (this.online = navigator.onLine)));
    }
    addEventListener('beforeinstallprompt', (event) => {
      // Kept for our own button; the browser's banner would come at a moment of its choice.
      event.preventDefault();
      this.change(() => (this.installPrompt = event));
    });
    addEventListener('appinstalled', () => this.change(() => (this.installPrompt = undefined)));
    registration?.addEventListener('change', () => this.change(() => this.lookForFirst()));
    link.onMismatch(() => this.change(() => undefined));
    link.onHeldUp(() => this.change(() => undefined));
    link.onNewWorker(() => this.change(() => undefined));
    registration?.ready.then(
      () => this.change(() => (this.worker = 'ready')),
      () => this.change(() => (this.worker = 'online-only')),
    );
  }

  get updateWaiting(): boolean {
    return this.registration?.waiting ?? false;
  }

  get installable(): boolean {
    return this.installPrompt !== undefined;
  }

  get updateTaking(): boolean {
    return this.registration?.taking ?? false;
  }

  get updateTaken(): boolean {
    return this.registration?.taken ?? false;
  }

  get outdated(): boolean {
    return this.link.outdated;
  }

  get heldUp(): boolean {
    return this.link.heldUp;
  }

  takeUpdate(): void {
    // The old worker makes way where it can; one that cannot, or does not know how, is waited for.
    void this.link
      .send('worker/make-way', {}, { timeoutMs: MAKE_WAY_MS })
      .catch(() => undefined)
      .then(() => this.registration?.takeUpdate());
  }

  async install(): Promise<void> {
    const prompt = this.installPrompt;
    // A prompt works once.
    this.change(() => (this.installPrompt = undefined));
    await prompt?.prompt();
  }

  /** Compares what is here with what a cookie remembers: storage goes without a word. */
  checkLibrary(isEmpty: boolean): void {
    if (isEmpty) this.change(() => (this.libraryLost = hadLibrary()));
    else rememberLibrary(true);
  }

  acknowledgeLoss(): void {
    rememberLibrary(false);
    this.change(() => (this.libraryLost = false));
  }

  acknowledgeReady(): void {
    this.change(() => (this.readyOffline = false));
  }

  /** Workers can come and go on one device; the good news is news once. */
  private lookForFirst(): void {
    if (!this.registration?.firstActive || this.readyOffline || !tellOnce('opens-offline')) return;
    this.readyOffline = true;
    setTimeout(() => this.acknowledgeReady(), READY_MS);
  }

  private change(apply: () => unknown): void {
    apply();
    this.dispatchEvent(new Event('change'));
  }
}
