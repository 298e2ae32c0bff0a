import type { Download } from '../../core/model/download.ts';
import type { PodcastId } from '../../core/model/ids.ts';
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
 * Works on some downloads side by side, each in its turn, until all had theirs or `deadline` aborts.
 * Rejects after all work has ended, if some of it did.
 */
export async function inTurn(
  context: WorkerContext,
  downloads: readonly Download[],
  deadline: AbortSignal,
  work: (download: Download) => Promise<void>,
): Promise<void> {
  const waiting = await byTurns(context, downloads);
  const lane = async () => {
    while (!deadline.aborted) {
      const next = waiting.shift();
      if (!next) return;
      await takeTurn(context, next);
      await work(next.download);
    }
  };
  const settings = await getSettings(await context.database());
  const { downloadsAtOnce: length } = settings ?? DEFAULT_SETTINGS;
  const lanes = await Promise.allSettled(Array.from({ length }, lane));
  for (const ended of lanes) if (ended.status === 'rejected') throw ended.reason;
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
