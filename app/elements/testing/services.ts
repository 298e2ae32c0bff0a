import type { DirectorySearch } from '../../../core/model/directory-search.ts';
import type { Episode } from '../../../core/model/episode.ts';
import { type Failure, failed, type Outcome, succeeded } from '../../../core/model/failure.ts';
import type { ImportCounts, ImportedFeed } from '../../../core/model/feed-import.ts';
import type { EpisodeId, PodcastId } from '../../../core/model/ids.ts';
import type { Chapter } from '../../../core/model/parsed-feed.ts';
import type { Podcast } from '../../../core/model/podcast.ts';
import type { RetentionRules } from '../../../core/model/retention.ts';
import {
  DEFAULT_SETTINGS,
  type Settings,
  type SettingsChange,
} from '../../../core/model/settings.ts';
import {
  freshSubscription,
  type Subscription,
  type SubscriptionChange,
} from '../../../core/model/subscription.ts';
import type { Cue } from '../../../core/model/transcript.ts';
import type { WakeUp } from '../../../core/model/wake-up.ts';
import type {
  AppStatus,
  Downloads,
  DownloadView,
  FoundHere,
  Imports,
  KeepAhead,
  Library,
  LiveUpdates,
  Outbox,
  OutboxView,
  Player,
  RefreshTotals,
  Search,
  Searcher,
  SettingsKeeper,
  StorageEstimate,
  StorageKeeper,
  WakeUpState,
  WakeUps,
} from '../../contexts.ts';

/*
 * The services as plain objects, for tests of elements: every field can be set, `changed()` tells
 * the elements, and `calls` holds what they asked for.
 */

class Fake extends EventTarget {
  readonly calls: string[] = [];

  changed(): void {
    this.dispatchEvent(new Event('change'));
  }

  protected async called(call: string): Promise<void> {
    this.calls.push(call);
  }
}

export class FakeLibrary extends Fake implements Library {
  podcastRows: Podcast[] = [];
  episodeRows: Episode[] = [];
  chapterRows: Chapter[] = [];
  cues: Cue[] = [];
  artwork = new Map<string, string>();
  subscribed: Promise<Outcome<PodcastId>> = Promise.resolve(failed({ code: 'feed-unreachable' }));
  refreshed: Promise<Outcome<{ changed: boolean; waits: boolean }>> = Promise.resolve(
    succeeded({ changed: false, waits: false }),
  );
  /** Held by tests that look at what is shown meanwhile; rejected by those that break the storage. */
  ready: Promise<void> = Promise.resolve();

  async podcasts(): Promise<Podcast[]> {
    await this.ready;
    return this.podcastRows;
  }

  async podcast(id: PodcastId): Promise<Podcast | undefined> {
    await this.ready;
    return this.podcastRows.find((podcast) => podcast.id === id);
  }

  async episodes(query: { podcastId?: PodcastId; limit: number }): Promise<Episode[]> {
    await this.ready;
    return this.episodeRows
      .filter(({ podcastId }) => query.podcastId === undefined || podcastId === query.podcastId)
      .slice(0, query.limit);
  }

  async episode(id: EpisodeId): Promise<Episode | undefined> {
    await this.ready;
    return this.episodeRows.find((episode) => episode.id === id);
  }

  chapters(): Promise<Chapter[]> {
    return Promise.resolve(this.chapterRows);
  }

  transcript(): Promise<Cue[]> {
    return Promise.resolve(this.cues);
  }

  artworkUrl(item: Podcast | Episode): string | undefined {
    return this.artwork.get('podcastId' in item ? item.podcastId : item.id);
  }

  async subscribe(address: string): Promise<Outcome<PodcastId>> {
    await this.called(`subscribe ${address}`);
    return this.subscribed;
  }

  foundArtworkUrl(): string | undefined {
    return undefined;
  }

  async subscribeFound(words: string, id: PodcastId): Promise<Outcome<PodcastId>> {
    await this.called(`subscribeFound ${words} ${id}`);
    return this.subscribed;
  }

  async refresh(id: PodcastId): Promise<Outcome<{ changed: boolean; waits: boolean }>> {
    await this.called(`refresh ${id}`);
    return this.refreshed;
  }

  subscriptionRows: Subscription[] = [];
  counts = new Map<PodcastId, number>();
  preview: Episode[] = [];
  refreshing = false;
  refreshedAll: Promise<Outcome<RefreshTotals>> = Promise.resolve(
    succeeded({ changed: 0, failed: 0 }),
  );

  async refreshAll(): Promise<Outcome<RefreshTotals>> {
    await this.called('refreshAll');
    return this.refreshedAll;
  }

  async subscriptions(): Promise<ReadonlyMap<PodcastId, Subscription>> {
    return new Map(this.subscriptionRows.map((row) => [row.podcastId, row]));
  }

  async newCounts(): Promise<ReadonlyMap<PodcastId, number>> {
    return this.counts;
  }

  markSeen(id?: PodcastId): void {
    this.calls.push(`seen ${id ?? 'all'}`);
  }

  async follow(id: PodcastId, change: SubscriptionChange): Promise<Outcome<unknown>> {
    await this.called(`follow ${id} ${JSON.stringify(change)}`);
    const row = this.subscriptionRows.find(({ podcastId }) => podcastId === id);
    const others = this.subscriptionRows.filter((it) => it !== row);
    this.subscriptionRows = [...others, { ...(row ?? freshSubscription(id)), ...change }];
    this.changed();
    return succeeded({});
  }

  async previewAutoDownload(): Promise<Episode[]> {
    return this.preview;
  }

  unsubscribe(id: PodcastId): Promise<void> {
    return this.called(`unsubscribe ${id}`);
  }
}

export class FakeSearch extends Fake implements Search, Searcher {
  reading = false;
  here: Podcast[] = [];
  episodes: Episode[] = [];
  readonly answers = new Map<string, DirectorySearch>();
  /** Held by tests that look at what is shown meanwhile. */
  asked: Promise<void> = Promise.resolve();
  opened: Promise<void> = Promise.resolve();
  /** Rejected by tests that break the storage. */
  ready: Promise<void> = Promise.resolve();

  async open(): Promise<Search> {
    await this.called('open');
    await this.opened;
    return this;
  }

  async find(words: string, most: number): Promise<FoundHere> {
    await this.ready;
    const wanted = words.toLowerCase().split(/\s+/);
    const fits = ({ title }: { title: string }) =>
      wanted.every((word) => title.toLowerCase().includes(word));
    const episodes = this.episodes.filter(fits);
    const podcastOf = new Map(this.here.map((podcast) => [podcast.id, podcast]));
    return {
      podcasts: this.here.filter(fits),
      episodes: episodes.slice(0, most),
      episodeCount: episodes.length,
      podcastOf,
    };
  }

  async answer(words: string): Promise<DirectorySearch | undefined> {
    return this.answers.get(words);
  }

  async ask(words: string, _how: { keep: boolean }): Promise<Outcome<unknown>> {
    await this.called(`ask ${words}`);
    await this.asked;
    this.changed();
    return succeeded({});
  }

  close(): void {
    this.calls.push('close');
  }
}

export class FakeDownloads extends Fake implements Downloads {
  all: ReadonlyMap<EpisodeId, DownloadView> = new Map();
  storedBytes = 0;
  started: Outcome<unknown> = succeeded(undefined);

  /** Shows these downloads from now on. */
  show(...views: DownloadView[]): void {
    this.all = new Map(views.map((view) => [view.episodeId, view]));
    this.changed();
  }

  playOnly: EpisodeId[] = [];

  isPlayOnly({ id }: Episode): boolean {
    return this.playOnly.includes(id);
  }

  async start(id: EpisodeId, copy?: string): Promise<Outcome<unknown>> {
    await this.called(copy === undefined ? `start ${id}` : `start ${id} ${copy}`);
    return this.started;
  }

  pause(id: EpisodeId): Promise<void> {
    return this.called(`pause ${id}`);
  }

  resume(id: EpisodeId): Promise<void> {
    return this.called(`resume ${id}`);
  }

  remove(id: EpisodeId): Promise<void> {
    return this.called(`remove ${id}`);
  }

  keep(id: EpisodeId, keep: boolean): Promise<void> {
    return this.called(`${keep ? 'keep' : 'unkeep'} ${id}`);
  }

  move(id: EpisodeId, before: EpisodeId | null): Promise<void> {
    return this.called(`move ${id} before ${before}`);
  }

  pauseAll(): Promise<void> {
    return this.called('pauseAll');
  }

  resumeAll(): Promise<void> {
    return this.called('resumeAll');
  }

  async removeAll(ids: EpisodeId[]): Promise<Outcome<unknown>> {
    await this.called(`removeAll ${ids}`);
    return this.started;
  }

  async restore(ids: EpisodeId[]): Promise<Outcome<unknown>> {
    await this.called(`restore ${ids}`);
    return this.started;
  }
}

export class FakePlayer extends Fake implements Player {
  current: { episode: Episode; podcastTitle: string } | undefined;
  playing = false;
  waiting = false;
  positionS = 0;
  durationS = 0;
  failure: 'offline' | 'not-playable' | undefined;
  audio: HTMLAudioElement | undefined;

  attach(audio: HTMLAudioElement): void {
    this.audio = audio;
  }

  play(episode: Episode): Promise<void> {
    return this.called(`play ${episode.id}`);
  }

  toggle(): void {
    this.calls.push('toggle');
  }

  seek(positionS: number): void {
    this.calls.push(`seek ${positionS}`);
  }
}

export class FakeStatus extends Fake implements AppStatus {
  online = true;
  worker: AppStatus['worker'] = 'ready';
  updateWaiting = false;
  updateTaking = false;
  updateTaken = false;
  outdated = false;
  installable = false;
  version = '1.2.3';
  readyOffline = false;
  libraryLost = false;

  takeUpdate(): void {
    this.calls.push('takeUpdate');
  }

  install(): Promise<void> {
    return this.called('install');
  }

  acknowledgeLoss(): void {
    this.calls.push('acknowledgeLoss');
  }

  acknowledgeReady(): void {
    this.calls.push('acknowledgeReady');
  }
}

export class FakeStorage implements StorageKeeper {
  figures: StorageEstimate = { usedBytes: 300e6, quotaBytes: 10e9, persisted: false };
  asked = 0;

  estimate(): Promise<StorageEstimate> {
    return Promise.resolve(this.figures);
  }

  askToPersist(): void {
    this.asked += 1;
  }

  /** What would go, by rules as JSON. */
  going = new Map<string, Awaited<ReturnType<StorageKeeper['whatWouldGo']>>>();

  async whatWouldGo({
    ofPodcast,
    ...general
  }: RetentionRules): ReturnType<StorageKeeper['whatWouldGo']> {
    const own = ofPodcast?.size ? { ofPodcast: Object.fromEntries(ofPodcast) } : {};
    return this.going.get(JSON.stringify({ ...general, ...own })) ?? [];
  }
}

export class FakeSettings extends Fake implements SettingsKeeper {
  current: Settings = DEFAULT_SETTINGS;
  tellsNetworks = true;
  fetchesByItself = false;
  notifications: SettingsKeeper['notifications'] = 'default';
  /** What the person answers when the browser asks. */
  answer: NotificationPermission = 'granted';
  changing: Outcome<unknown> = succeeded({});

  async change(change: SettingsChange): Promise<Outcome<unknown>> {
    await this.called(`change ${JSON.stringify(change)}`);
    if (this.changing.ok) this.current = { ...this.current, ...change };
    this.changed();
    return this.changing;
  }

  async askToNotify(): Promise<void> {
    await this.called('askToNotify');
    if (this.notifications === 'default') this.notifications = this.answer;
    this.changed();
  }
}

export class FakeWakeUps extends Fake implements WakeUps {
  sync: WakeUpState = 'idle';
  periodicSync: WakeUpState = 'refused';
  rows: WakeUp[] = [];

  received(limit: number): Promise<WakeUp[]> {
    return Promise.resolve(this.rows.slice(0, limit));
  }
}

export class FakeOutbox extends Fake implements Outbox {
  rows: OutboxView[] = [];

  entries(): Promise<OutboxView[]> {
    return Promise.resolve(this.rows);
  }

  retry(sequence: number): Promise<void> {
    return this.called(`retry ${sequence}`);
  }

  discard(sequence: number): Promise<void> {
    return this.called(`discard ${sequence}`);
  }
}

export class FakeImports extends Fake implements Imports {
  counts: ImportCounts = { waiting: 0, added: 0, there: 0, failed: 0, cancelled: 0 };
  reading = false;
  failure: Failure | undefined;
  all: ImportedFeed[] = [];

  /** Shows these rows from now on. */
  show(...rows: ImportedFeed[]): void {
    this.all = rows;
    this.counts = { waiting: 0, added: 0, there: 0, failed: 0, cancelled: 0 };
    for (const { state } of rows) if (state.kind !== 'listed') this.counts[state.kind] += 1;
    this.changed();
  }

  async rows(kind: keyof ImportCounts, limit: number): Promise<ImportedFeed[]> {
    return this.all.filter(({ state }) => state.kind === kind).slice(0, limit);
  }

  async fromFile(file: Blob): Promise<void> {
    await this.called(`fromFile ${await file.text()}`);
  }

  fromAddress(address: string): Promise<void> {
    return this.called(`fromAddress ${address}`);
  }

  async saveList(): Promise<number> {
    await this.called('saveList');
    return 1;
  }

  cancel(): Promise<void> {
    return this.called('cancel');
  }

  resume(): Promise<void> {
    return this.called('resume');
  }

  clear(): Promise<void> {
    return this.called('clear');
  }
}

export class FakeLive extends Fake implements LiveUpdates {
  state: LiveUpdates['state'] = 'off';
}

export class FakeKeepAhead implements KeepAhead {
  readonly calls: string[] = [];

  podcast(id: PodcastId): void {
    this.calls.push(`podcast ${id}`);
  }

  episode(id: EpisodeId): void {
    this.calls.push(`episode ${id}`);
  }
}
