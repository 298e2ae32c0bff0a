import type { Attempt, JournalEntry } from '../../core/model/attempt.ts';
import type { Download } from '../../core/model/download.ts';
import { isTransient } from '../../core/model/retry-policy.ts';
import { mayFetch } from '../../core/model/unmetered.ts';
import { getAttempt, takeLease } from '../../core/storage/attempts.ts';
import { giveUp, putBack } from '../../core/storage/damage.ts';
import { commitDownload, listDownloads, transition } from '../../core/storage/downloads.ts';
import { getEpisode } from '../../core/storage/episodes.ts';
import type { WorkerContext } from '../context.ts';
import { readAtMost } from '../hosts/read-at-most.ts';
import { holdTakeOverBack } from '../take-over.ts';
import { dropAttempt } from './clean-up.ts';
import { freeLeases } from './lease.ts';
import { isComplete, rangeHeader } from './plan.ts';
import { readSegment } from './read-segment.ts';
import { attemptAddress } from './source.ts';
import { hex } from './store-segment.ts';

const TIMEOUT_MS = 30_000;

/**
 * Episodes of which a segment was found to be broken: each such segment is fetched again, alone. The
 * digest in the journal is the proof that the host still has the same version. With another one the
 * episode stays "Removed by the browser", and what is left of it goes.
 */
export async function repairDamaged(context: WorkerContext): Promise<void> {
  const db = await context.database();
  for (const download of await listDownloads(db)) {
    if (download.state.kind !== 'evicted' || !download.attemptId) continue;
    const attempt = await getAttempt(db, download.attemptId);
    // An empty list is one whose last segment is back, and nobody came to say so.
    if (!attempt?.damaged) continue;
    const end = await repair(context, download, attempt, attempt.damaged);
    if (end === 'later') continue;
    if (end === 'gone' && (await giveUp(db, download.episodeId, attempt.id))) {
      await dropAttempt(context, attempt.id);
    }
    const { episodeId } = download;
    await context.broadcast({ type: 'downloads/changed', episodeIds: [episodeId] });
  }
}

async function repair(
  context: WorkerContext,
  download: Download,
  attempt: Attempt,
  damaged: readonly JournalEntry[],
): Promise<'whole' | 'later' | 'gone'> {
  const db = await context.database();
  for (const entry of damaged) {
    // It may have been unreadable for a moment only.
    const stored = await readSegment(context, attempt, entry);
    const bytes = stored ?? (await fetchAgain(context, download, attempt, entry));
    if (bytes === 'later' || bytes === 'gone') return bytes;
    const isBack = await holdTakeOverBack(context, 'commit', () =>
      putBack(db, attempt.id, attempt.epoch, entry, new Blob([bytes])),
    );
    if (!isBack) return 'later';
  }
  return (await commitAgain(context, attempt)) ? 'whole' : 'later';
}

/** The bytes, if they are what they were. */
async function fetchAgain(
  context: WorkerContext,
  download: Download,
  attempt: Attempt,
  { offsetBytes, lengthBytes, sha256 }: JournalEntry,
): Promise<Uint8Array<ArrayBuffer> | 'later' | 'gone'> {
  if (!context.isOnline() || !mayFetch(await context.networkRules(), download)) return 'later';
  const episode = await getEpisode(await context.database(), attempt.episodeId);
  if (!episode) return 'gone';
  const address = await attemptAddress(context, attempt, episode);
  if (!address) return 'later';
  try {
    const response = await context.fetch(address, {
      headers: { range: rangeHeader({ offsetBytes, lengthBytes, overlapBytes: 0 }) },
      cache: 'no-store',
      signal: context.timeout(TIMEOUT_MS),
    });
    if (response.status !== 206) {
      await response.body?.cancel();
      return isTransient(response.status) ? 'later' : 'gone';
    }
    const bytes = await readAtMost(response, lengthBytes);
    const digest = bytes && hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
    return bytes && digest === sha256 ? bytes : 'gone';
  } catch {
    return 'later';
  }
}

/** Through every state on the way, so that whoever goes on from a crash ends at the same place. */
async function commitAgain(context: WorkerContext, { id, episodeId }: Attempt): Promise<boolean> {
  const db = await context.database();
  const attempt = await getAttempt(db, id);
  if (!attempt || !isComplete(attempt)) return false;
  await transition(db, episodeId, { type: 'requested' });
  const taken = await takeLease(db, id, await freeLeases(context), () => ({
    engine: 'foreground',
    owner: context.lifeId,
    clientId: undefined,
    expiresAt: context.now() + TIMEOUT_MS,
  }));
  if (!taken) return false;
  await transition(db, episodeId, { type: 'stored' });
  const committed = await commitDownload(db, episodeId, id, taken.epoch, context.now());
  return committed !== undefined;
}
