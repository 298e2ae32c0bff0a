import { isInspectorFetch } from '../../core/contract/inspection.ts';
import type { Failure } from '../../core/model/failure.ts';
import { changeLease } from '../../core/storage/attempts.ts';
import { transition } from '../../core/storage/downloads.ts';
import type { WorkerContext } from '../context.ts';
import { holdTakeOverBack } from '../take-over.ts';
import { attemptOfFetch, isWanted } from './background-fetch.ts';
import { harvest } from './background-harvest.ts';
import { clearDeleted } from './clean-up.ts';
import { type Mitigation, type Stop, settleWork } from './outcome.ts';
import { withReserve } from './reserve.ts';

/**
 * The end of a Background Fetch, however it ended. The one long job: records can be read here and
 * never later, and the event is not delivered twice. Everything that is left is harvested first;
 * what is missing then is known from our own journal, after a success, too, because a success can be
 * wrong.
 */
export function settleBackgroundFetch(
  context: WorkerContext,
  registration: BackgroundFetchRegistration,
): Promise<void> {
  // Begun to be looked at: nobody wants its bytes.
  if (isInspectorFetch(registration.id)) return Promise.resolve();
  // Under a name, so that others see that it is at work: the browser knows the fetch no more.
  return context.running.join(`settle:${registration.id}`, async () => {
    await holdTakeOverBack(context, 'settle', () =>
      withReserve(context, () => settle(context, registration)),
    );
    // Nobody else may come by for a while: what had to make room goes now.
    await clearDeleted(context);
    // No page may be open that would keep the worker alive for what goes on beside the step.
    await context.running.allSettled('companions:');
  });
}

async function settle(
  context: WorkerContext,
  registration: BackgroundFetchRegistration,
): Promise<void> {
  const attempt = await attemptOfFetch(context, registration.id);
  if (!attempt) return;
  // An event that comes late finds its lease running out: nobody may take it while we harvest.
  const db = await context.database();
  const forAsLongAsItTakes = { expiresAt: Number.POSITIVE_INFINITY };
  await changeLease(db, attempt.id, registration.id, forAsLongAsItTakes);
  const { progressed, stop, refusal } = await harvest(context, attempt, registration, 'settled');
  // Without its lease the fetch was ended by us, and the row has its next state already.
  const current = await attemptOfFetch(context, registration.id);
  if (current?.lease?.owner !== registration.id) return;
  if (registration.failureReason === 'aborted' && (await isWanted(context, attempt))) {
    // By the browser's own interface: the user wants it to pause.
    await transition(db, attempt.episodeId, { type: 'paused' });
  }
  await settleWork(context, attempt, stop ?? stopFor(registration, { progressed, ...refusal }));
  await context.broadcast({ type: 'downloads/changed', episodeIds: [attempt.episodeId] });
}

function stopFor(
  { failureReason }: BackgroundFetchRegistration,
  {
    failure = { code: 'enclosure-unreachable' },
    ...mitigation
  }: Mitigation & { failure?: Failure },
): Stop {
  switch (failureReason) {
    case 'aborted':
      return { kind: 'yielded' };
    case 'quota-exceeded':
      return { kind: 'no-space' };
    default:
      return { kind: 'failed', failure, ...mitigation };
  }
}
