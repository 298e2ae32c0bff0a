import type { Download } from '../../core/model/download.ts';
import type { EpisodeId } from '../../core/model/ids.ts';
import { mayFetch } from '../../core/model/unmetered.ts';
import { listDownloads, transition } from '../../core/storage/downloads.ts';
import type { WorkerContext } from '../context.ts';
import { stopWork } from './stop-work.ts';

/**
 * Holds every download to the network that the user wants it on: what may not go on here waits, and
 * what waited for another network goes on by itself. Looked at once in every step.
 */
export async function holdToNetwork(context: WorkerContext): Promise<void> {
  const db = await context.database();
  const rules = await context.networkRules();
  const changed: EpisodeId[] = [];
  for (const download of await listDownloads(db)) {
    const { episodeId } = download;
    const may = mayFetch(rules, download);
    if (may && isHeldBack(download)) {
      await transition(db, episodeId, { type: 'woken' });
      changed.push(episodeId);
    } else if (!may && (download.state.kind === 'queued' || download.state.kind === 'active')) {
      await transition(db, episodeId, { type: 'interrupted', reason: 'unmetered' });
      await stopWork(context, episodeId);
      changed.push(episodeId);
    }
  }
  if (changed.length > 0) {
    await context.broadcast({ type: 'downloads/changed', episodeIds: changed });
  }
}

export function isHeldBack({ state }: Pick<Download, 'state'>): boolean {
  return state.kind === 'paused' && state.reason === 'unmetered';
}
