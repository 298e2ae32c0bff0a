import type { AutoDownload } from '../../core/model/auto-download.ts';
import { type DirectoryResult, searchKey } from '../../core/model/directory-search.ts';
import type { Episode } from '../../core/model/episode.ts';
import { failed, type Outcome, succeeded } from '../../core/model/failure.ts';
import type { EpisodeId, PodcastId } from '../../core/model/ids.ts';
import type { Chapter } from '../../core/model/parsed-feed.ts';
import type { Podcast } from '../../core/model/podcast.ts';
import type { Subscription, SubscriptionChange } from '../../core/model/subscription.ts';
import type { Cue } from '../../core/model/transcript.ts';
import { getEpisode, listNewestEpisodes } from '../../core/storage/episodes.ts';
import { countNew } from '../../core/storage/new-episodes.ts';
import { getPodcast, listPodcasts } from '../../core/storage/podcasts.ts';
import { listSubscriptions } from '../../core/storage/subscriptions.ts';
import type { Library, RefreshTotals } from '../contexts.ts';
import { rememberLibrary } from './library-memory.ts';
import { refreshSince } from './refresh-since.ts';
import type { RowReader } from './row-reader.ts';
import { failureBehind, type WorkerLink } from './worker-link.ts';

/** A feed may take its 30 s, through the gateway and, without one, directly after that. */
const FEED_TIMEOUT_MS = 100_000;
/** Thousands of episodes go one by one, and their downloads before them. */
const UNSUBSCRIBE_TIMEOUT_MS = 60_000;

/** Reads the library's rows; everything that writes is asked of the worker. */
export class StoredLibrary extends EventTarget implements Library {
  private readonly reader: RowReader;
  private readonly link: WorkerLink;
  /** How often the image at an address was replaced since this page was opened. */
  private readonly newerImages = new Map<string, number>();
  private refreshes = 0;

  constructor(reader: RowReader, link: WorkerLink) {
    super();
    this.reader = reader;
    this.link = link;
    link.onBroadcast(({ type }) => {
      if (type === 'podcasts/changed') this.changed();
    });
    link.onCacheUpdate((address) => {
      this.newerImages.set(address, (this.newerImages.get(address) ?? 0) + 1);
      this.changed();
    });
    // From now on artwork addresses reach the worker.
    link.onNewWorker(() => this.changed());
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) this.changed();
    });
  }

  async podcasts(): Promise<Podcast[]> {
    const podcasts = await this.reader.read(listPodcasts, []);
    return podcasts.sort((a, b) => a.title.localeCompare(b.title));
  }

  podcast(id: PodcastId): Promise<Podcast | undefined> {
    return this.reader.read((db) => getPodcast(db, id), undefined);
  }

  episodes(query: { podcastId?: PodcastId; limit: number }): Promise<Episode[]> {
    return this.reader.read((db) => listNewestEpisodes(db, query), []);
  }

  episode(id: EpisodeId): Promise<Episode | undefined> {
    return this.reader.read((db) => getEpisode(db, id), undefined);
  }

  chapters({ id }: Episode): Promise<Chapter[]> {
    return this.link.send('episode/chapters', { episodeId: id }, { timeoutMs: FEED_TIMEOUT_MS });
  }

  transcript({ id }: Episode): Promise<Cue[]> {
    return this.link.send('episode/transcript', { episodeId: id }, { timeoutMs: FEED_TIMEOUT_MS });
  }

  artworkUrl({ id, imageUrl }: Podcast | Episode): string | undefined {
    if (!imageUrl) return undefined;
    if (!this.link.controlled) return imageUrl;
    // A document keeps the images that it has loaded: only another address is asked for again.
    const newer = this.newerImages.get(imageUrl);
    return new URL(`artwork/${id}${newer ? `?newer=${newer}` : ''}`, document.baseURI).href;
  }

  foundArtworkUrl(words: string, { id, imageUrl }: DirectoryResult): string | undefined {
    if (!imageUrl || !this.link.controlled) return imageUrl;
    return new URL(`artwork/${id}?found=${encodeURIComponent(words)}`, document.baseURI).href;
  }

  async subscribe(address: string): Promise<Outcome<PodcastId>> {
    const timeoutMs = FEED_TIMEOUT_MS;
    const asked = this.link.send('podcast/subscribe', { address }, { timeoutMs });
    return this.welcome(await asked.catch(failureBehind));
  }

  async subscribeFound(words: string, podcastId: PodcastId): Promise<Outcome<PodcastId>> {
    const timeoutMs = FEED_TIMEOUT_MS;
    const params = { query: searchKey(words), podcastId };
    const asked = this.link.send('podcast/subscribe-found', params, { timeoutMs });
    return this.welcome(await asked.catch(failureBehind));
  }

  private async welcome(outcome: Outcome<PodcastId>): Promise<Outcome<PodcastId>> {
    if (outcome.ok) {
      rememberLibrary(true);
      this.changed();
      // The grid is looked at next, and maybe offline: the covers had better be here.
      const artworkOf = [outcome.value, ...(await this.newestIds(outcome.value))];
      void this.link
        .send('cache/keep', { artworkOf, companionsOf: [] }, { timeoutMs: FEED_TIMEOUT_MS })
        .catch(() => undefined);
    }
    return outcome;
  }

  private async newestIds(podcastId: PodcastId): Promise<EpisodeId[]> {
    return (await this.episodes({ podcastId, limit: 20 })).map(({ id }) => id);
  }

  async refresh(podcastId: PodcastId): Promise<Outcome<{ changed: boolean; waits: boolean }>> {
    const timeoutMs = FEED_TIMEOUT_MS;
    const outcome = await this.link
      .send('podcast/refresh', { podcastId }, { timeoutMs })
      .catch(failureBehind);
    this.changed();
    return outcome;
  }

  get refreshing(): boolean {
    return this.refreshes > 0;
  }

  async refreshAll(): Promise<Outcome<RefreshTotals>> {
    if (!navigator.onLine) return failed({ code: 'offline' });
    this.refreshes += 1;
    this.changed();
    const outcome = await refreshSince(this.link, Date.now()).then(succeeded, failureBehind);
    this.refreshes -= 1;
    this.changed();
    return outcome;
  }

  /** Those whose time has come, and what was left of the last time: for a page that opens. */
  async refreshDue(): Promise<void> {
    await refreshSince(this.link, null);
  }

  subscriptions(): Promise<ReadonlyMap<PodcastId, Subscription>> {
    return this.reader.read(listSubscriptions, new Map());
  }

  newCounts(): Promise<ReadonlyMap<PodcastId, number>> {
    return this.reader.read(countNew, new Map());
  }

  markSeen(podcastId?: PodcastId): void {
    // A hint that is lost costs a second look.
    this.link
      .send('episodes/seen', { podcastId: podcastId ?? null })
      .catch((error) => console.warn('that they were seen was not noted', error));
  }

  async follow(podcastId: PodcastId, change: SubscriptionChange): Promise<Outcome<unknown>> {
    const sent = this.link.send('podcast/follow', { podcastId, change });
    const outcome = await sent.then(succeeded, failureBehind);
    this.changed();
    return outcome;
  }

  async previewAutoDownload(podcastId: PodcastId, rules: AutoDownload): Promise<Episode[]> {
    const { previewAutoDownloads } = await import('../../core/storage/plannable.ts');
    return this.reader.read((db) => previewAutoDownloads(db, podcastId, rules), []);
  }

  async unsubscribe(podcastId: PodcastId): Promise<Outcome<unknown>> {
    const timeoutMs = UNSUBSCRIBE_TIMEOUT_MS;
    const sent = this.link.send('podcast/unsubscribe', { podcastId }, { timeoutMs });
    const outcome = await sent.then(succeeded, failureBehind);
    // An empty library is what the user wants now; nothing was lost.
    if (outcome.ok) {
      await this.podcasts().then(({ length }) => rememberLibrary(length > 0), console.warn);
    }
    this.changed();
    return outcome;
  }

  private changed(): void {
    this.dispatchEvent(new Event('change'));
  }
}
