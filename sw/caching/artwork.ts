import { secureAddress } from '../../core/feed/secure-address.ts';
import { searchKey } from '../../core/model/directory-search.ts';
import type { Episode } from '../../core/model/episode.ts';
import { type EpisodeId, isId, type PodcastId } from '../../core/model/ids.ts';
import type { Podcast } from '../../core/model/podcast.ts';
import { getEpisode } from '../../core/storage/episodes.ts';
import { getPodcast } from '../../core/storage/podcasts.ts';
import { getSearch } from '../../core/storage/searches.ts';
import type { WorkerContext } from '../context.ts';
import { readAtMost } from '../hosts/read-at-most.ts';
import { relayAddress } from '../hosts/relay-address.ts';
import type { Answered } from './answered.ts';
import { keepable } from './keepable.ts';
import { findKept, forgetFile, keepFile } from './kept-files.ts';
import { revalidate } from './revalidate.ts';

const RASTER_TYPES = /^image\/(png|jpeg|webp|gif|avif)\b/i;
const LIMIT_BYTES = 10 * 1024 * 1024;

/**
 * Answers `/artwork/<podcast or episode id>`, with `?found=<words>` also for what the directory found: kept bytes first, and a look for newer ones behind
 * them; else fetched and kept. 404 where there is none, so that the page shows its own placeholder.
 */
export async function answerArtwork(
  id: string,
  context: WorkerContext,
  event: Pick<ExtendableEvent, 'waitUntil'>,
  foundBy: string | null = null,
): Promise<Answered> {
  const isName = isId<PodcastId | EpisodeId>(id);
  const found = isName ? await findRow(context, id, foundBy) : undefined;
  if (!found?.imageUrl) return notHere();
  const { imageUrl: address } = found;
  const kept = await findKept(context, 'artwork', address);
  if (kept) {
    const file = { keptIn: 'artwork', address, response: kept } as const;
    const fetchNew = () => fetchArtwork(context, found, address, { cache: 'no-cache' });
    event.waitUntil(revalidate(context, file, fetchNew));
    return { response: kept, from: 'cache' };
  }
  const fetched = await fetchArtwork(context, found, address);
  if (!fetched) return notHere();
  const keeping = keepFile(context, 'artwork', address, fetched.clone());
  event.waitUntil(keeping.catch(context.report));
  return { response: fetched, from: 'network' };
}

function notHere(): Answered {
  return { response: new Response(null, { status: 404 }), from: 'nowhere' };
}

/**
 * Keeps one item's artwork; an episode without one of its own shows its podcast's. `true` when
 * everything that there is, is here afterwards.
 * @param signal ends the wait for slow hosts
 */
export async function keepArtwork(
  context: WorkerContext,
  id: PodcastId | EpisodeId,
  signal?: AbortSignal,
): Promise<boolean> {
  const row = await findRow(context, id);
  if (!row) return false;
  const address = row.imageUrl;
  if (!address) return 'podcastId' in row ? keepArtwork(context, row.podcastId, signal) : true;
  if (await findKept(context, 'artwork', address)) return true;
  const fetched = await fetchArtwork(context, row, address, { signal });
  return fetched !== undefined && keepFile(context, 'artwork', address, fetched);
}

/** Frees the artwork of a podcast that is going; losing an image that others share costs a fetch. */
export async function forgetArtwork(
  context: WorkerContext,
  rows: Iterable<Pick<Podcast | Episode, 'imageUrl'>>,
): Promise<void> {
  for (const imageUrl of new Set(Array.from(rows, (row) => row.imageUrl))) {
    if (imageUrl) await forgetFile(context, 'artwork', imageUrl);
  }
}

async function findRow(
  context: WorkerContext,
  id: PodcastId | EpisodeId,
  foundBy: string | null = null,
): Promise<Pictured | undefined> {
  const db = await context.database();
  // Both are shaped alike; only the stores tell which one it is.
  const here = (await getEpisode(db, id as EpisodeId)) ?? (await getPodcast(db, id as PodcastId));
  if (here || foundBy === null) return here;
  const search = await getSearch(db, searchKey(foundBy));
  const found = search?.results.find((result) => result.id === id);
  return found && { imageUrl: found.imageUrl, relayTokens: [] };
}

type Pictured =
  | Pick<Podcast, 'imageUrl' | 'relayTokens'>
  | Pick<Episode, 'imageUrl' | 'relayTokens' | 'podcastId'>;

interface HowToFetch {
  signal?: AbortSignal | undefined;
  cache?: RequestCache;
}

/**
 * From its own address where the host lets us read it, else through the gateway. Never opaque: such
 * an answer counts some megabytes against the quota, whatever its size. Only raster images pass:
 * they are served from our own origin, where an SVG could run code.
 */
async function fetchArtwork(
  context: WorkerContext,
  row: Pictured,
  imageUrl: string,
  how: HowToFetch = {},
): Promise<Response | undefined> {
  const direct = await readImage(context, secureAddress(imageUrl), how);
  if (direct) return direct;
  const relay = await relayAddress(context, row, imageUrl, { signal: how.signal });
  return relay ? readImage(context, relay, how) : undefined;
}

async function readImage(
  context: WorkerContext,
  address: string,
  { signal = AbortSignal.timeout(30_000), cache = 'default' }: HowToFetch,
): Promise<Response | undefined> {
  try {
    const response = await context.fetch(address, { signal, cache });
    const type = response.headers.get('content-type') ?? '';
    const announced = Number(response.headers.get('content-length') ?? 0);
    if (!response.ok || !RASTER_TYPES.test(type) || announced > LIMIT_BYTES) {
      await response.body?.cancel();
      return undefined;
    }
    const bytes = await readAtMost(response, LIMIT_BYTES);
    if (!bytes) return undefined;
    return await keepable(response, new Blob([bytes]), {
      'content-type': type,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
  } catch {
    return undefined;
  }
}
