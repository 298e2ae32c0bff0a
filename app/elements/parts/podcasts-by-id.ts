import type { PodcastId } from '../../../core/model/ids.ts';
import type { Podcast } from '../../../core/model/podcast.ts';
import type { Library } from '../../contexts.ts';

/** For lists that hold episodes of several podcasts. */
export async function podcastsById(library: Library): Promise<ReadonlyMap<PodcastId, Podcast>> {
  return new Map((await library.podcasts()).map((podcast) => [podcast.id, podcast]));
}
