import type { AttemptId } from '../../core/model/ids.ts';
import { deleteAttempt, listAttempts, listAttemptsOf } from '../../core/storage/attempts.ts';
import {
  type Changed,
  getDownload,
  listDownloads,
  transition,
} from '../../core/storage/downloads.ts';
import { listSegmentOwners } from '../../core/storage/segments.ts';
import type { WorkerContext } from '../context.ts';
import { carryOut } from './carry-out.ts';

const ORPHANS_MS = 5_000;

/** Frees an attempt: the browser's copy, then our bytes with the row that knew of them. */
export async function dropAttempt(context: WorkerContext, id: AttemptId): Promise<void> {
  await abortBackgroundFetches(context, id);
  await deleteAttempt(await context.database(), id);
}

async function abortBackgroundFetches(context: WorkerContext, id: AttemptId): Promise<void> {
  const manager = context.registration.backgroundFetch;
  for (const fetchId of (await manager?.getIds()) ?? []) {
    if (fetchId.startsWith(`${id}:`)) await (await manager?.get(fetchId))?.abort();
  }
}

/** Carries out every deletion that was promised. What a crash cut short goes on here. */
export async function clearDeleted(context: WorkerContext): Promise<void> {
  const db = await context.database();
  const cleared: Changed[] = [];
  const deleting = (await listDownloads(db)).filter(({ state }) => state.kind === 'deleting');
  for (const { episodeId } of deleting) {
    const attempts = await listAttemptsOf(db, episodeId);
    // Another event was quicker, and the user asks for it again: then these may be new.
    if ((await getDownload(db, episodeId))?.state.kind !== 'deleting') continue;
    for (const { id } of attempts) {
      await context.running.stop(`attempt:${id}`);
      await dropAttempt(context, id);
    }
    context.progress.clear(episodeId);
    cleared.push(await transition(db, episodeId, { type: 'cleared' }));
  }
  await carryOut(context, cleared);
}

/** Bytes went: whatever waits for space may try again. */
export async function wakeForSpace(context: WorkerContext): Promise<void> {
  const db = await context.database();
  const waiting = (await listDownloads(db)).filter(
    ({ state }) => state.kind === 'paused' && state.reason === 'space',
  );
  const woken: Changed[] = [];
  for (const { episodeId } of waiting)
    woken.push(await transition(db, episodeId, { type: 'woken' }));
  await carryOut(context, woken);
}

/**
 * Removes attempts that no download points at, and bytes that no attempt owns; at least one, and until
 * `until` aborts. The rest is for the next time: whoever opens a page waits for this.
 */
export async function clearOrphans(
  context: WorkerContext,
  until = context.timeout(ORPHANS_MS),
): Promise<void> {
  const db = await context.database();
  // Listed before the rows that want them, so that one which is begun meanwhile is not among them.
  const owners = new Set(await listSegmentOwners(db));
  for (const { id } of await listAttempts(db)) owners.add(id);
  const wanted = new Set(
    (await listDownloads(db)).flatMap(({ attemptId, committedAttemptId }) => [
      attemptId,
      committedAttemptId,
    ]),
  );
  for (const id of owners) {
    if (wanted.has(id)) continue;
    await dropAttempt(context, id);
    if (until.aborted) return;
  }
}
