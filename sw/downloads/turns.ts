import type { Download } from '../../core/model/download.ts';
import type { PodcastId } from '../../core/model/ids.ts';
import { DEFAULT_SETTINGS } from '../../core/model/settings.ts';
import { giveTurn, listDownloads } from '../../core/storage/downloads.ts';
import { getEpisode } from '../../core/storage/episodes.ts';
import { getSettings } from '../../core/storage/settings.ts';
import type { WorkerContext } from '../context.ts';
import { type Candidate, pickNext } from './queue.ts';

interface Waiting extends Candidate {
  download: Download;
}

/**
 * Works on some downloads side by side, each in its turn, until all had theirs or `deadline` aborts.
 * Turns are noted on the rows, so that the next step, and the next life of the worker, goes on where
 * this one ended. Rejects after all work has ended, if some of it did.
 */
export async function inTurn(
  context: WorkerContext,
  downloads: readonly Download[],
  deadline: AbortSignal,
  work: (download: Download) => Promise<void>,
): Promise<void> {
  const db = await context.database();
  const turns = readTurns(await listDownloads(db));
  const waiting = new Set(await Promise.all(downloads.map((download) => wait(context, download))));
  const lane = async () => {
    while (!deadline.aborted) {
      const next = pickNext([...waiting], turns);
      if (!next) return;
      waiting.delete(next);
      if (!next.begun) {
        const { episodeId, podcastId } = next;
        const turn = { podcastId, number: Math.max(0, ...turns.values()) + 1 };
        turns.set(podcastId, turn.number);
        await giveTurn(db, episodeId, turn);
      }
      await work(next.download);
    }
  };
  const { downloadsAtOnce: length } = (await getSettings(db)) ?? DEFAULT_SETTINGS;
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
