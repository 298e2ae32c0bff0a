import type { Download } from '../../core/model/download.ts';
import type { EpisodeId, PodcastId } from '../../core/model/ids.ts';
import { DEFAULT_SETTINGS } from '../../core/model/settings.ts';
import { giveTurn, listDownloads } from '../../core/storage/downloads.ts';
import { getEpisode } from '../../core/storage/episodes.ts';
import { getSettings } from '../../core/storage/settings.ts';
import type { WorkerContext } from '../context.ts';
import { type Candidate, inOrder } from './queue.ts';

interface Waiting extends Candidate {
  download: Download;
}

/*
 * Whose turn it is, for both engines. Turns are noted on the rows, so that the next step, and the next
 * life of the worker, goes on where this one ended.
 */

/** Those that wait, in the order of their turns, and no more than `count` of them. */
export async function byTurns(
  context: WorkerContext,
  downloads: readonly Download[],
  count = downloads.length,
): Promise<Waiting[]> {
  if (downloads.length === 0 || count === 0) return [];
  const turns = readTurns(await listDownloads(await context.database()));
  const waiting = await Promise.all(downloads.map((download) => wait(context, download)));
  return inOrder(waiting, turns, count);
}

/** Notes that this one has its turn now. What was begun had it already. */
export async function takeTurn(
  context: WorkerContext,
  { episodeId, podcastId, begun }: Candidate,
): Promise<void> {
  if (!begun) await giveTurn(await context.database(), episodeId, podcastId);
}

/**
 * Works on downloads side by side, each in its turn, until all that `list` found had theirs or `deadline`
 * aborts. Looks at them again when more is offered meanwhile: what is asked for while a place is free need
 * not wait for the next step. Rejects after all work has ended, if some of it did.
 */
export async function inTurn(
  context: WorkerContext,
  list: () => Promise<readonly Download[]>,
  deadline: AbortSignal,
  work: (download: Download) => Promise<void>,
): Promise<void> {
  const settings = await getSettings(await context.database());
  const { downloadsAtOnce: places } = settings ?? DEFAULT_SETTINGS;
  const underWay = new Map<EpisodeId, Promise<void>>();
  const failures: unknown[] = [];
  const begin = (next: Waiting) => {
    const done = takeTurn(context, next)
      .then(() => work(next.download))
      .catch((error) => void failures.push(error))
      .finally(() => underWay.delete(next.episodeId));
    underWay.set(next.episodeId, done);
  };
  const offered = () => context.running.nudged('advance').then(() => 'offered' as const);
  // Asked for before each look, so that none comes between.
  let offer = offered();
  let waiting = await byTurns(context, await list());
  for (;;) {
    while (!deadline.aborted && underWay.size < places) {
      const next = waiting.shift();
      if (!next) break;
      begin(next);
    }
    if (deadline.aborted || underWay.size === 0) break;
    if ((await Promise.race([offer, ...underWay.values()])) !== 'offered') continue;
    offer = offered();
    const others = (await list()).filter(({ episodeId }) => !underWay.has(episodeId));
    waiting = await byTurns(context, others);
  }
  await Promise.all(underWay.values());
  if (failures.length > 0) throw failures[0];
}

function readTurns(downloads: readonly Download[]): Map<PodcastId, number> {
  const turns = new Map<PodcastId, number>();
  for (const { turn } of downloads) {
    if (turn) turns.set(turn.podcastId, Math.max(turn.number, turns.get(turn.podcastId) ?? 0));
  }
  return turns;
}

async function wait(context: WorkerContext, download: Download): Promise<Waiting> {
  const { episodeId, position, placed, state } = download;
  const episode = await getEpisode(await context.database(), episodeId);
  // Without its episode a download ends with its reason as soon as it has its turn.
  const podcastId = episode?.podcastId ?? ('' as PodcastId);
  return { episodeId, podcastId, position, placed, begun: state.kind === 'active', download };
}
