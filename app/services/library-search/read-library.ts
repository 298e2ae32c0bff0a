import type { EpisodeId, PodcastId } from '../../../core/model/ids.ts';
import type { Database } from '../../../core/storage/database.ts';
import { listEpisodesAfter, listNewestEpisodes } from '../../../core/storage/episodes.ts';
import { listPodcasts } from '../../../core/storage/podcasts.ts';
import type { LibraryIndex } from './library-index.ts';

/** Some 20 ms of work: as long as a question has to wait for its turn while the index is filled. */
const SLICE = 250;

/** Puts the whole library into the index, slice by slice; `onSlice` after each. */
export async function readLibrary(
  index: LibraryIndex,
  database: () => Promise<Database | undefined>,
  onSlice: () => void,
): Promise<void> {
  await readPodcasts(index, database);
  let last: EpisodeId | undefined;
  for (;;) {
    const db = await database();
    const slice = db ? await listEpisodesAfter(db, last, SLICE) : [];
    for (const episode of slice) index.putEpisode(episode);
    last = slice.at(-1)?.id;
    if (last === undefined) return;
    onSlice();
  }
}

/** Looks again at podcasts that have changed, have come or have gone. */
export async function readChanges(
  index: LibraryIndex,
  database: () => Promise<Database | undefined>,
  podcastIds: readonly PodcastId[],
): Promise<void> {
  await readPodcasts(index, database);
  for (const podcastId of podcastIds) {
    const db = await database();
    const limit = Number.POSITIVE_INFINITY;
    const episodes = db ? await listNewestEpisodes(db, { podcastId, limit }) : [];
    for (const [count, episode] of episodes.entries()) {
      // A question that has come meanwhile goes first.
      if (count > 0 && count % SLICE === 0) await new Promise((resolve) => setTimeout(resolve));
      index.putEpisode(episode);
    }
  }
}

async function readPodcasts(
  index: LibraryIndex,
  database: () => Promise<Database | undefined>,
): Promise<void> {
  const db = await database();
  index.setPodcasts(db ? await listPodcasts(db) : []);
}
