import { secureAddress } from '../../core/feed/secure-address.ts';
import type { Episode } from '../../core/model/episode.ts';
import type { WorkerContext } from '../context.ts';
import { readAtMost } from '../hosts/read-at-most.ts';
import { relayAddress } from '../hosts/relay-address.ts';
import { keepArtwork } from './artwork.ts';
import { companionAddresses, rankedTranscripts } from './companion-addresses.ts';
import { keepable } from './keepable.ts';
import { findKept, forgetFile, keepFile } from './kept-files.ts';
import { revalidate } from './revalidate.ts';

const LIMIT_BYTES = 8 * 1024 * 1024;

/**
 * The text of a file that belongs to an episode (chapters, a transcript): kept, and looked for a
 * newer one behind the answer; or fetched and kept from then on. `undefined` where it cannot be had
 * now. Offline the kept one is as good as new.
 */
export async function readCompanion(
  context: WorkerContext,
  episode: Episode,
  address: string,
  waitUntil: (work: Promise<unknown>) => void,
): Promise<string | undefined> {
  const kept = await findKept(context, 'companions', address);
  if (kept) {
    const file = { keptIn: 'companions', address, response: kept } as const;
    const fetchNew = () => fetchCompanion(context, episode, address, { cache: 'no-cache' });
    waitUntil(revalidate(context, file, fetchNew));
    return kept.text();
  }
  const fetched = await fetchCompanion(context, episode, address);
  if (!fetched) return undefined;
  const text = await fetched.clone().text();
  await keepFile(context, 'companions', address, fetched);
  return text;
}

/** Keeps everything that a downloaded episode comes with, for the time without a network. */
export async function keepCompanions(
  context: WorkerContext,
  episode: Episode,
  signal?: AbortSignal,
): Promise<void> {
  await keepArtwork(context, episode.id, signal);
  for (const address of companionAddresses(episode)) {
    await keepCompanion(context, episode, address, signal);
  }
}

/**
 * The same before anybody has asked for the episode: of several transcripts only the first one that
 * can be had. `true` when everything that there is, is here afterwards.
 */
export async function keepCompanionsAhead(
  context: WorkerContext,
  episode: Episode,
  signal: AbortSignal,
): Promise<boolean> {
  const { chaptersUrl } = episode;
  const pictured = await keepArtwork(context, episode.id, signal);
  const chaptered = !chaptersUrl || (await keepCompanion(context, episode, chaptersUrl, signal));
  const transcripts = rankedTranscripts(episode);
  let transcribed = transcripts.length === 0;
  for (const { url } of transcripts) {
    transcribed ||= await keepCompanion(context, episode, url, signal);
  }
  return pictured && chaptered && transcribed;
}

/** Frees what episodes came with that are going. */
export async function forgetCompanions(
  context: WorkerContext,
  episodes: Iterable<Episode>,
): Promise<void> {
  for (const episode of episodes) {
    for (const address of companionAddresses(episode)) {
      await forgetFile(context, 'companions', address);
    }
  }
}

async function keepCompanion(
  context: WorkerContext,
  episode: Episode,
  address: string,
  signal?: AbortSignal,
): Promise<boolean> {
  if (await findKept(context, 'companions', address)) return true;
  const fetched = await fetchCompanion(context, episode, address, { signal });
  return fetched !== undefined && keepFile(context, 'companions', address, fetched);
}

interface HowToFetch {
  signal?: AbortSignal | undefined;
  cache?: RequestCache;
}

async function fetchCompanion(
  context: WorkerContext,
  episode: Episode,
  url: string,
  how: HowToFetch = {},
): Promise<Response | undefined> {
  const direct = await fetchText(context, secureAddress(url), how);
  if (direct) return direct;
  const relay = await relayAddress(context, episode, url, { signal: how.signal });
  return relay ? fetchText(context, relay, how) : undefined;
}

async function fetchText(
  context: WorkerContext,
  address: string,
  { signal = AbortSignal.timeout(30_000), cache = 'default' }: HowToFetch,
): Promise<Response | undefined> {
  try {
    const response = await context.fetch(address, { signal, cache });
    if (!response.ok) return undefined;
    const bytes = await readAtMost(response, LIMIT_BYTES);
    if (!bytes) return undefined;
    return await keepable(response, new Blob([bytes]), {
      'content-type': 'text/plain; charset=utf-8',
    });
  } catch {
    return undefined;
  }
}
