import type { Params, Result } from '../../core/contract/requests.ts';
import { getEpisode } from '../../core/storage/episodes.ts';
import { readCompanion } from '../caching/companions.ts';
import { feedParser } from '../feeds/feed-parser.ts';
import type { Call } from './index.ts';

/** Formats with times and speakers first: those of the plain ones have to be guessed. */
const PREFERENCE = ['text/vtt', 'application/json', 'application/srt', 'application/x-subrip'];

/** The best transcript that can be read. */
export async function readTranscript(
  { episodeId }: Params<'episode/transcript'>,
  { context }: Call,
): Promise<Result<'episode/transcript'>> {
  const episode = await getEpisode(await context.database(), episodeId);
  if (!episode) return [];
  const rank = (type: string | undefined) => {
    const place = PREFERENCE.indexOf(type ?? '');
    return place < 0 ? PREFERENCE.length : place;
  };
  for (const { url, type } of [...episode.transcripts].sort(
    (a, b) => rank(a.type) - rank(b.type),
  )) {
    const text = await readCompanion(context, episode, url);
    const cues = text === undefined ? [] : feedParser().parseTranscript(text, type ?? '');
    if (cues.length > 0) return cues;
  }
  return [];
}
