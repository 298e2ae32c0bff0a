import type { Download } from '../model/download.ts';
import { isUnfinished } from '../model/download.ts';
import type { EpisodeId } from '../model/ids.ts';
import type { Database } from './database.ts';
import { complete } from './downloads.ts';

/*
 * What the user says about downloads beside their state: intents like all others, so each is one
 * strict transaction, and asking twice is the same as asking once.
 */

/**
 * Changes the marks of all these downloads, or of none. Those that are not there stay away, and what
 * is being deleted is left to that. Resolves with the ids of those that were changed.
 */
export async function markDownloads(
  db: Database,
  episodeIds: readonly EpisodeId[],
  marks: Partial<Pick<Download, 'keep' | 'removal'>>,
): Promise<EpisodeId[]> {
  const tx = db.transaction('downloads', 'readwrite', { durability: 'strict' });
  const changed: Download[] = [];
  for (const id of episodeIds) {
    const row = await tx.store.get(id);
    if (row && row.state.kind !== 'deleting') changed.push({ ...complete(row), ...marks });
  }
  // Caught, so that a full disk rejects once, with the transaction.
  for (const row of changed) tx.store.put(row).catch(() => undefined);
  await tx.done;
  return changed.map(({ episodeId }) => episodeId);
}

/**
 * Puts an unfinished download in front of another one, or, with `null`, behind all. The places that
 * unfinished downloads have are dealt out anew among them: no two share one, and what is finished
 * keeps its own. Whatever comes up to the moved one has its place by the user's own hand from now on.
 */
export async function moveDownload(
  db: Database,
  episodeId: EpisodeId,
  before: EpisodeId | null,
): Promise<void> {
  const tx = db.transaction('downloads', 'readwrite', { durability: 'strict' });
  const rows = (await tx.store.index('byPosition').getAll()).filter(
    ({ state }) => isUnfinished(state) && state.kind !== 'deleting',
  );
  const moved = rows.find((row) => row.episodeId === episodeId);
  const others = rows.filter((row) => row !== moved);
  const index = others.findIndex((row) => row.episodeId === before);
  // In front of itself, or of one that is not in the queue any more, means nothing.
  if (moved && (before === null || index >= 0)) {
    const order = others.toSpliced(before === null ? others.length : index, 0, moved);
    const places = rows.map(({ position }) => position);
    for (const [turn, row] of order.entries()) {
      const position = places[turn] ?? row.position;
      const placed = row.placed || turn <= order.indexOf(moved);
      await tx.store.put({ ...complete(row), position, placed });
    }
  }
  await tx.done;
}
