import { secureAddress } from '../../core/feed/secure-address.ts';
import type { Episode } from '../../core/model/episode.ts';
import { type EpisodeId, isId, type PodcastId } from '../../core/model/ids.ts';
import type { Podcast } from '../../core/model/podcast.ts';
import { getEpisode } from '../../core/storage/episodes.ts';
import { getPodcast } from '../../core/storage/podcasts.ts';
import type { WorkerContext } from '../context.ts';
import { relayAddress } from '../hosts/relay-address.ts';
import type { Answered } from './answered.ts';
import { artworkCache } from './cache-names.ts';

const RASTER_TYPES = /^image\/(png|jpeg|webp|gif|avif)\b/i;
const LIMIT_BYTES = 10 * 1024 * 1024;

/**
 * Answers `/artwork/<podcast or episode id>`: kept bytes first, else fetched and kept. 404 where
 * there is none, so that the page shows its own placeholder.
 */
export async function answerArtwork(
  id: string,
  context: WorkerContext,
  event: ExtendableEvent,
): Promise<Answered> {
  const found = isId<PodcastId | EpisodeId>(id) ? await findRow(context, id) : undefined;
  if (!found?.imageUrl) return notHere();
  const cache = await context.caches.open(artworkCache(context.baseUrl));
  const kept = await cache.match(found.imageUrl);
  if (kept) return { response: kept, from: 'cache' };
  const fetched = await fetchArtwork(context, found, found.imageUrl);
  if (!fetched) return notHere();
  event.waitUntil(cache.put(found.imageUrl, fetched.clone()).catch(context.report));
  return { response: fetched, from: 'network' };
}

function notHere(): Answered {
  return { response: new Response(null, { status: 404 }), from: 'nowhere' };
}

/** Keeps one item's artwork. `true` when it is there afterwards. */
export async function keepArtwork(
  context: WorkerContext,
  id: PodcastId | EpisodeId,
): Promise<boolean> {
  const row = await findRow(context, id);
  if (!row?.imageUrl) return false;
  const cache = await context.caches.open(artworkCache(context.baseUrl));
  if (await cache.match(row.imageUrl)) return true;
  const fetched = await fetchArtwork(context, row, row.imageUrl);
  if (!fetched) return false;
  await cache.put(row.imageUrl, fetched);
  return true;
}

/** Frees the artwork of a podcast that is going; losing an image that others share costs a fetch. */
export async function forgetArtwork(
  context: WorkerContext,
  rows: Iterable<Pick<Podcast | Episode, 'imageUrl'>>,
): Promise<void> {
  const cache = await context.caches.open(artworkCache(context.baseUrl));
  for (const imageUrl of new Set(Array.from(rows, (row) => row.imageUrl))) {
    if (imageUrl) await cache.delete(imageUrl);
  }
}

async function findRow(
  context: WorkerContext,
  id: PodcastId | EpisodeId,
): Promise<Podcast | Episode | undefined> {
  const db = await context.database();
  // Both are shaped alike; only the stores tell which one it is.
  return (await getEpisode(db, id as EpisodeId)) ?? (await getPodcast(db, id as PodcastId));
}

/**
 * From its own address where the host lets us read it, else through the gateway. Never opaque: such
 * an answer counts some megabytes against the quota, whatever its size. Only raster images pass:
 * they are served from our own origin, where an SVG could run code.
 */
async function fetchArtwork(
  context: WorkerContext,
  row: Podcast | Episode,
  imageUrl: string,
): Promise<Response | undefined> {
  const direct = await readImage(context, secureAddress(imageUrl));
  if (direct) return direct;
  const relay = await relayAddress(context, row, imageUrl);
  return relay ? readImage(context, relay) : undefined;
}

async function readImage(context: WorkerContext, address: string): Promise<Response | undefined> {
  try {
    const response = await context.fetch(address, { signal: AbortSignal.timeout(30_000) });
    const type = response.headers.get('content-type') ?? '';
    const announced = Number(response.headers.get('content-length') ?? 0);
    if (!response.ok || !RASTER_TYPES.test(type) || announced > LIMIT_BYTES) {
      await response.body?.cancel();
      return undefined;
    }
    const bytes = await response.blob();
    if (bytes.size > LIMIT_BYTES) return undefined;
    return new Response(bytes, {
      headers: {
        'content-type': type,
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
      },
    });
  } catch {
    return undefined;
  }
}
