import { Workbox } from 'workbox-window';

const SCRIPT = import.meta.env.DEV ? 'dev-sw.js?dev-sw' : 'sw.js';

/**
 * Registers the service worker and follows its life. A new version waits until the user takes it,
 * or until the last tab has gone.
 */
export class WorkerRegistration extends EventTarget {
  waiting = false;
  /** The first version on this device was installed and is at work, in this very visit. */
  firstActive = false;
  /** Resolves with an active worker; rejects where the browser will not have one. */
  readonly ready: Promise<ServiceWorkerRegistration>;
  private readonly workbox: Workbox;

  constructor() {
    super();
    this.workbox = new Workbox(trustedScriptUrl(new URL(SCRIPT, document.baseURI).href), {
      // The script itself is never answered from the browser's cache: an update is seen at once.
      updateViaCache: 'none',
      type: import.meta.env.DEV ? 'module' : 'classic',
    });
    this.workbox.addEventListener('waiting', () => {
      this.waiting = true;
      this.dispatchEvent(new Event('change'));
    });
    this.workbox.addEventListener('activated', ({ isUpdate }) => {
      // Every file of it is here: it was not installed before.
      this.firstActive = !isUpdate;
      this.dispatchEvent(new Event('change'));
    });
    this.ready = this.workbox.register({ immediate: true }).then(whenActive);
  }

  /** Lets the waiting version take over, and reloads once it has. */
  async takeUpdate(): Promise<void> {
    // Another tab was first: the new version is at work already.
    if (!(await this.ready).waiting) return location.reload();
    this.workbox.addEventListener('controlling', () => location.reload());
    this.workbox.messageSkipWaiting();
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

type ScriptUrl = ConstructorParameters<typeof Workbox>[0];

/** The one policy of our own: it makes exactly one address into a script. */
function trustedScriptUrl(address: string): ScriptUrl {
  const policy = window.trustedTypes?.createPolicy('stowaway-worker', {
    createScriptURL: (url) => {
      if (url !== address) throw new TypeError('only the worker is a script');
      return url;
    },
  });
  // The same type by another declaration: neither is in TypeScript's own library.
  return (policy?.createScriptURL(address) ?? address) as ScriptUrl;
}
