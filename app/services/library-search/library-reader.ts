import type { EpisodeId, PodcastId } from '../../../core/model/ids.ts';
import type { Database } from '../../../core/storage/database.ts';
import { listEpisodesAfter, listEpisodesOf } from '../../../core/storage/episodes.ts';
import { listPodcasts } from '../../../core/storage/podcasts.ts';
import type { LibraryIndex } from './library-index.ts';

/** Some 20 ms of work: as long as a question has to wait for its turn while the index is filled. */
const SLICE = 250;

/** Keeps an index up with the rows. One call at a time. */
export class LibraryReader {
  private readonly index: LibraryIndex;
  private readonly database: () => Promise<Database | undefined>;
  /** As of when the episodes of each podcast are in the index. */
  private readonly readAsOf = new Map<PodcastId, number | undefined>();

  /** @param database the same one at each call, or a new one where that was closed */
  constructor(index: LibraryIndex, database: () => Promise<Database | undefined>) {
    this.index = index;
    this.database = database;
  }

  /** Puts the whole library into the index, slice by slice; `onSlice` after each. */
  async readAll(onSlice: () => void): Promise<void> {
    for (const { id, episodesChangedAt } of await this.readPodcasts()) {
      this.readAsOf.set(id, episodesChangedAt);
    }
    let last: EpisodeId | undefined;
    for (;;) {
      const db = await this.database();
      const slice = db ? await listEpisodesAfter(db, last, SLICE) : [];
      for (const episode of slice) this.index.putEpisode(episode);
      last = slice.at(-1)?.id;
      if (last === undefined) return;
      onSlice();
    }
  }

  /** Looks again at podcasts whose episodes have changed, at those that have come, and who has gone. */
  async readChanges(): Promise<void> {
    for (const { id, episodesChangedAt } of await this.readPodcasts()) {
      if (this.readAsOf.has(id) && this.readAsOf.get(id) === episodesChangedAt) continue;
      const db = await this.database();
      const episodes = db ? await listEpisodesOf(db, id) : [];
      for (const [count, episode] of episodes.entries()) {
        // A question that has come meanwhile goes first.
        if (count > 0 && count % SLICE === 0) await new Promise((resolve) => setTimeout(resolve));
        this.index.putEpisode(episode);
      }
      this.readAsOf.set(id, episodesChangedAt);
    }
  }

  private async readPodcasts() {
    const db = await this.database();
    const podcasts = db ? await listPodcasts(db) : [];
    this.index.setPodcasts(podcasts);
    return podcasts;
  }
}
