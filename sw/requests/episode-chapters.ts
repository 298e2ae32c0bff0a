import type { Params, Result } from '../../core/contract/requests.ts';
import { parseChapters } from '../../core/feed/chapters.ts';
import { getEpisode } from '../../core/storage/episodes.ts';
import { readCompanion } from '../caching/companions.ts';
import type { Call } from './index.ts';

/** The feed's own chapters, or those of the file that it names. */
export async function readChapters(
  { episodeId }: Params<'episode/chapters'>,
  { context, waitUntil }: Call,
): Promise<Result<'episode/chapters'>> {
  const episode = await getEpisode(await context.database(), episodeId);
  if (!episode?.chaptersUrl) return episode?.chapters ?? [];
  const url = episode.chaptersUrl;
  const json = await readCompanion(context, episode, url, waitUntil);
  const chapters = json === undefined ? [] : parseChapters(json, { url });
  return chapters.length > 0 ? chapters : episode.chapters;
}
