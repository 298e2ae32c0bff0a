import type { Attempt } from '../../core/model/attempt.ts';
import { changeAttempt } from '../../core/storage/attempts.ts';
import { dropBroken } from '../../core/storage/damage.ts';
import type { WorkerContext } from '../context.ts';
import { openCheck } from '../integrity/integrity-check.ts';
import { readSegment } from './read-segment.ts';

/**
 * `later`: the time of this step is over; how far it came is on the row. `damaged`: a stored segment
 * is not what was written, and has left the journal.
 */
export type Verdict = 'right' | 'wrong' | 'later' | 'damaged';

/**
 * Holds an attempt of which every byte is here against the digest that the feed gives for it, at
 * least one segment and until `until` aborts. Right where the feed gives none.
 */
export async function verifyIntegrity(
  context: WorkerContext,
  attempt: Attempt,
  until: AbortSignal,
): Promise<Verdict> {
  if (!attempt.integrity) return 'right';
  const check = openCheck(attempt.integrity, attempt.hashed);
  if (!check) return 'right';
  const { id, epoch, journal, totalBytes } = attempt;
  const db = await context.database();
  const fromBytes = attempt.hashed?.bytes ?? 0;
  let givenBytes = fromBytes;
  for (const entry of journal) {
    const endBytes = entry.offsetBytes + entry.lengthBytes;
    if (endBytes <= givenBytes) continue;
    const bytes = await readSegment(context, attempt, entry);
    if (!bytes) {
      // Missing again: the next plan asks for it. What was hashed before it holds on.
      await dropBroken(db, id, epoch, entry);
      await changeAttempt(db, id, epoch, { hashed: check.save() });
      return 'damaged';
    }
    check.update(bytes.subarray(givenBytes - entry.offsetBytes));
    givenBytes = endBytes;
    if (!until.aborted || givenBytes === totalBytes) continue;
    const hashed = check.save();
    // The rest of a block is not kept: a step that gave no more than that has come no farther.
    if (hashed.bytes === fromBytes) continue;
    await changeAttempt(db, id, epoch, { hashed });
    return 'later';
  }
  return check.holds() ? 'right' : 'wrong';
}
