import type { DirectorySearch } from '../../../../core/model/directory-search.ts';
import type { Episode } from '../../../../core/model/episode.ts';
import type { PodcastId } from '../../../../core/model/ids.ts';
import type { OutboxEntry } from '../../../../core/model/outbox.ts';
import type { Podcast } from '../../../../core/model/podcast.ts';
import type { RawStorage } from '../raw-storage.ts';

/** What the person has, as it is committed: how far each subject of the far side has come here. */
export class Library {
  private readonly storage: RawStorage;
  private readonly ids: ReadonlyMap<string, PodcastId>;

  /** @param ids of the podcasts, by the address of the feed */
  constructor(storage: RawStorage, ids: ReadonlyMap<string, PodcastId>) {
    this.storage = storage;
    this.ids = ids;
  }

  /** What an entity of the outbox is called on the far side. */
  targetOf(entity: string): string {
    for (const [url, id] of this.ids) if (id === entity) return url;
    return entity;
  }

  entityOf(target: string): string {
    return this.ids.get(target) ?? target;
  }

  podcastAt(target: string): Podcast | undefined {
    return this.storage.all<Podcast>('podcasts').find(({ feedUrl }) => feedUrl === target);
  }

  /** 0 where nothing has come. */
  storedVersion(target: string): number {
    const query = target.replace(/^search /, '');
    if (query !== target) {
      const searches = this.storage.all<DirectorySearch>('searches');
      const results = searches.find((search) => search.query === query)?.results;
      return Number(results?.[0]?.title ?? 0);
    }
    const id = this.ids.get(target);
    return this.storage.all<Episode>('episodes').filter(({ podcastId }) => podcastId === id).length;
  }

  outbox(): OutboxEntry[] {
    return this.storage.all<OutboxEntry>('outbox');
  }

  /** Podcasts that wait for their first reading. */
  unread(): PodcastId[] {
    const podcasts = this.storage.all<Podcast>('podcasts');
    return podcasts.filter(({ refreshedAt }) => refreshedAt === 0).map(({ id }) => id);
  }

  /** What is here twice. */
  doubles(): string[] {
    const podcasts = this.storage.all<Podcast>('podcasts').map(({ feedUrl }) => feedUrl);
    const episodes = this.storage
      .all<Episode>('episodes')
      .map(({ podcastId, guid }) => `${podcastId} ${guid}`);
    return [...podcasts, ...episodes].filter((it, index, all) => all.indexOf(it) !== index);
  }
}
