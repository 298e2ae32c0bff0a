import { secureAddress } from '../../core/feed/secure-address.ts';
import type { Episode } from '../../core/model/episode.ts';
import type { WorkerContext } from '../context.ts';
import { relayAddress } from '../hosts/relay-address.ts';
import { companionCache } from './cache-names.ts';

const LIMIT_BYTES = 8 * 1024 * 1024;

/**
 * The text of a file that belongs to an episode (chapters, a transcript): kept, or fetched and kept
 * from then on. `undefined` where it cannot be had now. Offline the kept one is as good as new.
 */
export async function readCompanion(
  context: WorkerContext,
  episode: Episode,
  url: string,
): Promise<string | undefined> {
  const cache = await context.caches.open(companionCache(context.baseUrl));
  const kept = await cache.match(url);
  if (kept) return kept.text();
  const text = await fetchCompanion(context, episode, url);
  if (text !== undefined) await cache.put(url, new Response(text));
  return text;
}

/** Keeps everything that an episode comes with, for the time without a network. */
export async function keepCompanions(context: WorkerContext, episode: Episode): Promise<void> {
  for (const url of addressesOf(episode)) await readCompanion(context, episode, url);
}

/** Frees what episodes came with that are going. */
export async function forgetCompanions(
  context: WorkerContext,
  episodes: Iterable<Episode>,
): Promise<void> {
  const cache = await context.caches.open(companionCache(context.baseUrl));
  for (const episode of episodes) {
    for (const url of addressesOf(episode)) await cache.delete(url);
  }
}

function addressesOf({ chaptersUrl, transcripts }: Episode): string[] {
  const urls = transcripts.map(({ url }) => url);
  return chaptersUrl ? [chaptersUrl, ...urls] : urls;
}

async function fetchCompanion(
  context: WorkerContext,
  episode: Episode,
  url: string,
): Promise<string | undefined> {
  const direct = await fetchText(context, secureAddress(url));
  if (direct !== undefined) return direct;
  const relay = await relayAddress(context, episode, url);
  return relay && fetchText(context, relay);
}

async function fetchText(context: WorkerContext, address: string): Promise<string | undefined> {
  try {
    const response = await context.fetch(address, { signal: AbortSignal.timeout(30_000) });
    if (!response.ok) return undefined;
    const blob = await response.blob();
    return blob.size > LIMIT_BYTES ? undefined : await blob.text();
  } catch {
    return undefined;
  }
}
