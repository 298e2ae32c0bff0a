import type { EpisodeId, PodcastId } from '../../core/model/ids.ts';
import type { ParsedEpisode } from '../../core/model/parsed-feed.ts';
import { base64url } from '../context.ts';

/** Derived from the address, so that subscribing twice is subscribing once. */
export async function podcastIdOf(feedUrl: string): Promise<PodcastId> {
  return (await shortDigest(feedUrl)) as PodcastId;
}

/**
 * Derived from the item's guid, so that a refresh finds the same row; from its enclosure's address,
 * then its title, where a feed gives no guid.
 */
export async function episodeIdOf(
  podcastId: PodcastId,
  { guid, enclosure, title }: ParsedEpisode,
): Promise<EpisodeId> {
  return (await shortDigest(`${podcastId} ${guid ?? enclosure?.url ?? title ?? ''}`)) as EpisodeId;
}

/** 132 bits of SHA-256 as 22 base64url characters: the shape of every id. */
async function shortDigest(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return base64url(new Uint8Array(digest)).slice(0, 22);
}
