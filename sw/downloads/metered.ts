import type { Download } from '../../core/model/download.ts';
import { mayFetch } from '../../core/model/unmetered.ts';
import { type Changed, listDownloads, transition } from '../../core/storage/downloads.ts';
import type { WorkerContext } from '../context.ts';
import { carryOut } from './carry-out.ts';

/**
 * Holds every download to the network that the user wants it on: what may not go on here waits, and
 * what waited for another network goes on by itself. Looked at once in every step.
 */
export async function holdToNetwork(context: WorkerContext): Promise<void> {
  const db = await context.database();
  const rules = await context.networkRules();
  const changed: Changed[] = [];
  for (const download of await listDownloads(db)) {
    const { episodeId } = download;
    const may = mayFetch(rules, download);
    if (may && isHeldBack(download)) {
      changed.push(await transition(db, episodeId, { type: 'woken' }));
    } else if (!may && (download.state.kind === 'queued' || download.state.kind === 'active')) {
      const event = { type: 'interrupted', reason: 'unmetered' } as const;
      changed.push(await transition(db, episodeId, event));
    }
  }
  await carryOut(context, changed);
}

export function isHeldBack({ state }: Pick<Download, 'state'>): boolean {
  return state.kind === 'paused' && state.reason === 'unmetered';
}
