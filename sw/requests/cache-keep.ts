import type { Params, Result } from '../../core/contract/requests.ts';
import type { EpisodeId } from '../../core/model/ids.ts';
import { getEpisode } from '../../core/storage/episodes.ts';
import { keepArtwork } from '../caching/artwork.ts';
import { keepCompanionsAhead } from '../caching/companions.ts';
import type { WorkerContext } from '../context.ts';
import type { Call } from './index.ts';

const STEP_MS = 20_000;
/** Few enough to leave room for what somebody waits for. */
const AT_ONCE = 4;

/**
 * Imperative caching: pictures and companions of what a page expects to be looked at soon. One
 * bounded step: what slow hosts have not sent by its end is left, and each file is kept as it comes.
 * When data is to be spared, only what is here already counts.
 */
export async function keepAhead(
  { artworkOf, companionsOf }: Params<'cache/keep'>,
  { context }: Call,
): Promise<Result<'cache/keep'>> {
  const signal = context.sparesData() ? AbortSignal.abort() : AbortSignal.timeout(STEP_MS);
  return {
    artworkOf: await thoseKept(context, artworkOf, (id) => keepArtwork(context, id, signal)),
    companionsOf: await thoseKept(context, companionsOf, (id) => keepEpisode(context, id, signal)),
  };
}

async function keepEpisode(
  context: WorkerContext,
  id: EpisodeId,
  signal: AbortSignal,
): Promise<boolean> {
  const episode = await getEpisode(await context.database(), id);
  return episode !== undefined && keepCompanionsAhead(context, episode, signal);
}

/** The ids that `keep` resolves with `true` for. */
async function thoseKept<Id extends string>(
  context: WorkerContext,
  ids: readonly Id[],
  keep: (id: Id) => Promise<boolean>,
): Promise<Id[]> {
  const waiting = new Set(ids).values();
  const kept: Id[] = [];
  const workThrough = async () => {
    for (const id of waiting) {
      try {
        if (await keep(id)) kept.push(id);
      } catch (error) {
        // One item that cannot be kept is no reason to leave the others.
        context.report(error);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, workThrough));
  return kept;
}
