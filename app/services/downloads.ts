import type { DownloadProgress } from '../../core/contract/streams.ts';
import type { Download } from '../../core/model/download.ts';
import type { Episode } from '../../core/model/episode.ts';
import type { Outcome } from '../../core/model/failure.ts';
import type { EpisodeId } from '../../core/model/ids.ts';
import { remainingWaitMs } from '../../core/model/waiting.ts';
import type { Downloads, DownloadView, StorageKeeper } from '../contexts.ts';
import { DownloadCommands } from './download-commands.ts';
import type { DownloadDriver } from './download-driver.ts';
import { type DownloadRow, DownloadRows } from './download-rows.ts';
import { isPlayOnly, readPlayOnlyHosts } from './play-only-hosts.ts';
import type { RowReader } from './row-reader.ts';
import { tellOnce } from './tell-once.ts';
import { TransferRate } from './transfer-rate.ts';
import type { WorkerLink } from './worker-link.ts';

/** How often a page that is seen reads the rows again: a message that is lost costs no more. */
const REREAD_MS = 1_000;
/** Where nothing is under way, only every so many times: two seconds late is still in time. */
const IDLE_TICKS = 2;
/** Silence of the progress stream after which it is asked for anew: not every browser tells of a death. */
const SILENCE_MS = 5_000;
/** A wait that is longer is shown with its end. */
const MOMENT_MS = 60_000;
/** The first item comes at once. A worker that ends before it has told nobody which life to watch. */
const OPENING_MS = 1_000;

/** The downloads as rows have them, with the worker's hints about bytes under way on top. */
export class StoredDownloads extends DownloadCommands implements Downloads {
  all: ReadonlyMap<EpisodeId, DownloadView> = new Map();
  storedBytes = 0;
  private rows: DownloadRow[] = [];
  /** The rows as they were published last: reading the same again is no change. */
  private lastRead = '';
  private queued: ReadonlySet<EpisodeId> = new Set();
  private readonly stored = new DownloadRows();
  private playOnlyHosts: ReadonlySet<string> = new Set();
  private hints = new Map<EpisodeId, DownloadProgress>();
  private readonly rates = new Map<EpisodeId, TransferRate>();
  private closeStream: (() => void) | undefined;
  private heardAt = 0;
  private ticks = 0;
  private opening = false;
  private reading: Promise<void> | undefined;
  private readAgain = false;
  private readonly reader: RowReader;
  private readonly driver: DownloadDriver;
  private readonly storage: StorageKeeper;

  constructor(reader: RowReader, link: WorkerLink, driver: DownloadDriver, storage: StorageKeeper) {
    super(link);
    this.reader = reader;
    this.driver = driver;
    this.storage = storage;
    link.onBroadcast(({ type }) => {
      if (type === 'downloads/changed' || type === 'download/finished') void this.reread();
    });
    link.onNewWorker(() => this.forgetStream());
    document.addEventListener('visibilitychange', () => {
      // Nobody looks: the worker has one page less to tell, and this one nothing to draw.
      if (document.hidden) this.forgetStream();
      else void this.reread();
    });
    setInterval(() => this.tick().catch(console.warn), REREAD_MS);
    void this.reread();
  }

  isPlayOnly(episode: Episode): boolean {
    return isPlayOnly(episode, this.playOnlyHosts);
  }

  /** The first download is the moment to ask the browser not to remove it. Nothing waits for that. */
  override start(episodeId: EpisodeId, copy?: string): Promise<Outcome<unknown>> {
    if (tellOnce('asked-to-persist')) this.storage.askToPersist();
    return super.start(episodeId, copy);
  }

  protected override async changed(): Promise<void> {
    this.driver.nudge();
    await this.reread();
  }

  private get busy(): boolean {
    return this.rows.some(({ download: { state } }) =>
      ['queued', 'active', 'verifying', 'deleting'].includes(state.kind),
    );
  }

  private async tick(): Promise<void> {
    if (document.hidden) return;
    this.ticks += 1;
    if (!this.busy && this.ticks % IDLE_TICKS > 0) return;
    await this.reread();
    const patienceMs = this.opening ? OPENING_MS : SILENCE_MS;
    const silent = !this.closeStream || Date.now() - this.heardAt > patienceMs;
    if (this.busy && silent && !this.link.outdated) await this.listen();
  }

  private async listen(): Promise<void> {
    this.forgetStream();
    this.heardAt = Date.now();
    this.opening = true;
    this.closeStream = await this.link.openStream(
      'downloads/progress',
      (items) => {
        this.heardAt = Date.now();
        this.opening = false;
        this.hints = new Map(items.map((item) => [item.episodeId, item]));
        this.publish();
      },
      // The worker died. The next tick asks a new one, if there is still something to follow.
      () => this.forgetStream(),
    );
  }

  private forgetStream(): void {
    this.closeStream?.();
    this.closeStream = undefined;
    this.hints.clear();
  }

  /** Reads once more after the current reading, if asked for meanwhile: the last word counts. */
  private async reread(): Promise<void> {
    this.readAgain = true;
    this.reading ??= (async () => {
      while (this.readAgain) {
        this.readAgain = false;
        this.rows = await this.reader.read((db) => this.stored.read(db), []);
        this.playOnlyHosts = await this.reader.read(readPlayOnlyHosts, new Set<string>());
        const read = JSON.stringify([
          this.rows.map(({ download, received }) => [download, received]),
          [...this.playOnlyHosts],
        ]);
        if (read !== this.lastRead) this.publish();
        this.nudgeForQueued();
        this.lastRead = read;
      }
    })().finally(() => {
      this.reading = undefined;
    });
    await this.reading;
  }

  /** Somebody has queued something: another tab, or the worker by itself. */
  private nudgeForQueued(): void {
    const isQueued = ({ download: { state } }: DownloadRow) => state.kind === 'queued';
    const queued = new Set(this.rows.filter(isQueued).map(({ download }) => download.episodeId));
    const isNew = [...queued].some((id) => !this.queued.has(id));
    this.queued = queued;
    if (isNew) this.driver.nudge();
  }

  private publish(): void {
    const all = new Map<EpisodeId, DownloadView>();
    let storedBytes = 0;
    let ahead = false;
    for (const row of this.rows) {
      const view = this.viewOf(row, ahead);
      const before = this.all.get(view.episodeId);
      // The same object says that there is nothing to draw anew.
      all.set(view.episodeId, before && isSame(before, view) ? before : view);
      storedBytes += row.received.bytes;
      ahead ||= view.state.kind === 'active';
    }
    for (const id of this.rates.keys()) if (!all.has(id)) this.rates.delete(id);
    this.all = all;
    this.storedBytes = storedBytes;
    this.dispatchEvent(new Event('change'));
  }

  private viewOf({ download, received: journaled }: DownloadRow, ahead: boolean): DownloadView {
    const { episodeId, position, keep, storedAt, shortage } = download;
    // As good as deleted: what is left is the undo.
    const removing = download.removal !== undefined;
    const state = removing ? REMOVED : download.state;
    const { totalBytes } = journaled;
    const hint = state.kind === 'active' ? (this.hints.get(episodeId)?.receivedBytes ?? 0) : 0;
    const received = Math.min(
      Math.max(journaled.bytes, hint),
      totalBytes ?? Number.POSITIVE_INFINITY,
    );
    // The browser holds several, and works on the first ones: the others are still in the queue.
    const waiting = state.kind === 'active' && ahead && received === 0;
    return {
      episodeId,
      state: waiting ? { kind: 'queued' } : state,
      position,
      receivedBytes: received,
      totalBytes,
      rateBytesPerS: state.kind === 'active' ? this.rateOf(episodeId, received) : undefined,
      retryAt: retryAtOf(download, Date.now()),
      keep,
      removing,
      storedAt,
      shortage,
    };
  }

  private rateOf(episodeId: EpisodeId, received: number): number | undefined {
    let rate = this.rates.get(episodeId);
    if (!rate) {
      rate = new TransferRate();
      this.rates.set(episodeId, rate);
    }
    rate.add(received, performance.now());
    return rate.bytesPerS;
  }
}

const REMOVED = { kind: 'deleting', again: false } as const;

function retryAtOf(download: Download, now: number): number | undefined {
  const { state } = download;
  const waits = state.kind === 'paused' && state.reason === 'retry';
  const waitMs = waits ? remainingWaitMs(download, now) : 0;
  return waitMs > MOMENT_MS ? now + waitMs : undefined;
}

function isSame(one: DownloadView, other: DownloadView): boolean {
  const moved = one.receivedBytes !== other.receivedBytes;
  return !moved && JSON.stringify(one) === JSON.stringify(other);
}
