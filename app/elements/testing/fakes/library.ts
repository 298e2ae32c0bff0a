import type { Episode } from '../../../../core/model/episode.ts';
import { failed, type Outcome, succeeded } from '../../../../core/model/failure.ts';
import type { EpisodeId, PodcastId } from '../../../../core/model/ids.ts';
import type { Chapter } from '../../../../core/model/parsed-feed.ts';
import type { Podcast } from '../../../../core/model/podcast.ts';
import {
  freshSubscription,
  type Subscription,
  type SubscriptionChange,
} from '../../../../core/model/subscription.ts';
import type { Cue } from '../../../../core/model/transcript.ts';
import type { KeepAhead, Library, LiveUpdates, RefreshTotals } from '../../../contexts.ts';
import { Fake } from './fake.ts';

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
