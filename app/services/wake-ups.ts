import type { WakeUp } from '../../core/model/wake-up.ts';
import { listWakeUps } from '../../core/storage/wake-ups.ts';
import type { Downloads, Imports, WakeUpState, WakeUps } from '../contexts.ts';
import type { RowReader } from './row-reader.ts';
import type { WorkerLink } from './worker-link.ts';

/** Waiting downloads and imports go on when the network is back. */
const SYNC_TAG = 'downloads';
/** Podcasts are refreshed now and then. */
const PERIODIC_TAG = 'podcasts';
/** The browser takes this as the least, and wakes by its own measure of how much the app is used. */
const MIN_INTERVAL_MS = 12 * 60 * 60_000;

/**
 * Asks the browser to wake the worker when no page is open; only a page can. Where it cannot or may
 * not, nothing is lost but time: the next page that opens does the same work.
 */
export class BrowserWakeUps extends EventTarget implements WakeUps {
  sync: WakeUpState = 'missing';
  periodicSync: WakeUpState = 'missing';
  private readonly registration: Promise<ServiceWorkerRegistration>;
  private readonly reader: RowReader;
  private readonly downloads: Downloads;
  private readonly imports: Imports;

  constructor(
    registration: Promise<ServiceWorkerRegistration>,
    reader: RowReader,
    link: WorkerLink,
    downloads: Downloads,
    imports: Imports,
  ) {
    super();
    this.registration = registration;
    this.reader = reader;
    this.downloads = downloads;
    this.imports = imports;
    link.onBroadcast(({ type }) => {
      if (type === 'wake-ups/changed') void this.attempt(() => this.lookAtSync());
    });
    // The browser knows what is registered, also where the word about the last one was lost.
    addEventListener('offline', () => void this.attempt(() => this.lookAtSync()));
    downloads.addEventListener('change', () => this.considerSync());
    imports.addEventListener('change', () => this.considerSync());
    void this.attempt(() => this.lookAtSync());
    void this.attempt(() => this.askForPeriodicSync());
  }

  received(limit: number): Promise<WakeUp[]> {
    return this.reader.read((db) => listWakeUps(db, limit), []);
  }

  private considerSync(): void {
    // Online, a sync would come at once, beside the page that does the same work.
    if (navigator.onLine || this.sync !== 'idle') return;
    if (!hasWaiting(this.downloads) && this.imports.counts.waiting === 0) return;
    this.sync = 'registered';
    void this.attempt(async () => {
      const { sync } = await this.registration;
      await sync?.register(SYNC_TAG).catch(() => this.change({ sync: 'refused' }));
      this.change({});
    });
  }

  /** A registration ends with the event that it stands for. */
  private async lookAtSync(): Promise<void> {
    const { sync } = await this.registration;
    const tags = await sync?.getTags();
    if (tags) this.change({ sync: tags.includes(SYNC_TAG) ? 'registered' : 'idle' });
    else this.change({});
    this.considerSync();
  }

  private async askForPeriodicSync(): Promise<void> {
    const { periodicSync } = await this.registration;
    if (!periodicSync) return;
    // A name that TypeScript's library does not know.
    const name = 'periodic-background-sync' as PermissionName;
    const status = await navigator.permissions.query({ name });
    const register = async () => {
      const allowed = status.state === 'granted';
      if (allowed) await periodicSync.register(PERIODIC_TAG, { minInterval: MIN_INTERVAL_MS });
      this.change({ periodicSync: allowed ? 'registered' : 'refused' });
    };
    // The browser allows it by itself, once the app is installed and used.
    status.addEventListener('change', () => void this.attempt(register));
    await register();
  }

  private change(states: Partial<Pick<WakeUps, 'sync' | 'periodicSync'>>): void {
    Object.assign(this, states);
    this.dispatchEvent(new Event('change'));
  }

  /** Nothing here is worth a message to the user: the states tell. */
  private async attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      console.info('the browser will not wake the app', error);
    }
  }
}

function hasWaiting({ all }: Downloads): boolean {
  for (const { state } of all.values()) {
    if (state.kind === 'queued' || state.kind === 'active') return true;
    if (state.kind === 'paused' && (state.reason === 'network' || state.reason === 'retry')) {
      return true;
    }
  }
  return false;
}
