import { type Attempt, receivedBytes } from '../../core/model/attempt.ts';
import type { Download } from '../../core/model/download.ts';
import { listAttempts } from '../../core/storage/attempts.ts';
import type { WorkerContext } from '../context.ts';
import { freeLeases } from './lease.ts';
import { noteFailure } from './outcome.ts';
import { keepReserve } from './reserve.ts';

/**
 * Whether there is room for what an attempt still needs, and for what is promised to those under
 * way. Where there is too little, its download waits, its row says how much is needed and how much is
 * free, and nothing else is touched. A host or a browser that does not say how much is taken at its
 * word: then a segment that does not fit says so.
 */
export async function hasRoom(
  context: WorkerContext,
  download: Download,
  attempt: Attempt,
  copies: 1 | 2,
): Promise<boolean> {
  if (!(await keepReserve(context))) {
    await noteFailure(context, download, { code: 'no-space', neededBytes: undefined });
    return false;
  }
  const estimatedBytes = await context.freeBytes();
  // Under way already, from a step before this one.
  if (estimatedBytes === undefined || context.running.has(`attempt:${attempt.id}`)) return true;
  const neededBytes = missingBytes(attempt) * copies;
  let freeBytes = estimatedBytes;
  const isFree = await freeLeases(context);
  for (const other of await listAttempts(await context.database())) {
    const isUnderWay = other.lease && !isFree(other.lease) && other.id !== attempt.id;
    if (isUnderWay) freeBytes -= missingBytes(other) * copiesOf(other);
  }
  if (neededBytes <= freeBytes) return true;
  const shortage = { neededBytes, freeBytes: Math.max(0, freeBytes) };
  await noteFailure(context, download, { code: 'no-space', ...shortage });
  return false;
}

/** The browser's copy counts against the quota as well, until its Background Fetch has ended. */
function copiesOf({ lease }: Attempt): 1 | 2 {
  return lease?.engine === 'background-fetch' ? 2 : 1;
}

function missingBytes(attempt: Attempt): number {
  return Math.max(0, (attempt.totalBytes ?? 0) - receivedBytes(attempt));
}
