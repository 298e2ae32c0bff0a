import type { Params, Result } from '../../core/contract/requests.ts';
import { parseTranscript } from '../../core/feed/transcript.ts';
import { getEpisode } from '../../core/storage/episodes.ts';
import { rankedTranscripts } from '../caching/companion-addresses.ts';
import { readCompanion } from '../caching/companions.ts';
import type { Call } from './index.ts';

/** The best transcript that can be read. */
export async function readTranscript(
  { episodeId }: Params<'episode/transcript'>,
  { context, waitUntil }: Call,
): Promise<Result<'episode/transcript'>> {
  const episode = await getEpisode(await context.database(), episodeId);
  if (!episode) return [];
  for (const { url, type } of rankedTranscripts(episode)) {
    const text = await readCompanion(context, episode, url, waitUntil);
    const cues = text === undefined ? [] : parseTranscript(text, type ?? '');
    if (cues.length > 0) return cues;
  }
  return [];
}
