import type { Attempt } from '../../core/model/attempt.ts';
import { changeLease, getAttempt } from '../../core/storage/attempts.ts';
import type { WorkerContext } from '../context.ts';
import { askHost } from './ask-host.ts';
import { abortStrays, isWanted, noteLaunch } from './background-fetch.ts';
import { harvest } from './background-harvest.ts';
import { listResting, notePages } from './background-rest.ts';
import { type Stop, settleWork, unexpectedStop } from './outcome.ts';
import { isComplete } from './plan.ts';

/** A look is short, so that a place that has become free is filled soon. */
const LOOK_MS = 3_000;
/** So long nothing comes while the browser tries again what a host refuses, too: time to ask the host. */
const DOUBT_MS = 10_000;
/** The browser itself knows no end to its patience with a connection that brings nothing. */
const STALL_MS = 60_000;
/** A settle event may come so much later than the browser forgets the fetch. */
const SETTLE_GRACE_MS = 10_000;

/** Harvests the running Background Fetches for a short while, and ends one that has stalled. */
export async function watchBackgroundFetches(
  context: WorkerContext,
  attempts: Attempt[],
): Promise<void> {
  await abortStrays(context);
  await Promise.all(
    attempts.map((attempt) =>
      watch(context, attempt).catch((error) =>
        end(context, attempt, unexpectedStop(context, error)),
      ),
    ),
  );
  for (const attempt of await listResting(context, attempts)) {
    await end(context, attempt, { kind: 'yielded' });
  }
  // Those behind the first may well be still: the browser has not begun with them.
  const [first] = attempts.toSorted((a, b) => numberOf(a) - numberOf(b));
  if (first && context.isOnline()) await endIfStalled(context, first);
}

function numberOf({ lease }: Attempt): number {
  return lease?.started ?? 0;
}

async function endIfStalled(context: WorkerContext, attempt: Attempt): Promise<void> {
  const { stillForMs } = context.progress;
  if (stillForMs > STALL_MS) {
    const failure = { code: 'enclosure-unreachable' } as const;
    return end(context, attempt, { kind: 'failed', failure });
  }
  if (stillForMs <= DOUBT_MS || !isFirstDoubt(context, stillForMs)) return;
  const objection = await askHost(context, attempt);
  // A host that is busy is left to the browser, which tries again inside of the range.
  if (objection && !objection.passes) await end(context, attempt, objection);
}

/** When each life asked a host last. One that does not remember asks once more. */
const askedAt = new WeakMap<WorkerContext, number>();

/** Whether nobody asked yet since anything has moved. */
function isFirstDoubt(context: WorkerContext, stillForMs: number): boolean {
  const movedAt = context.now() - stillForMs;
  if ((askedAt.get(context) ?? Number.NEGATIVE_INFINITY) > movedAt) return false;
  askedAt.set(context, context.now());
  return true;
}

async function watch(context: WorkerContext, attempt: Attempt): Promise<void> {
  const registration = await findRegistration(context, attempt);
  if (!registration) return noteUnknownFetch(context, attempt);
  // The page that started it may have gone before it could say so.
  if (attempt.lease?.expiresAt !== Number.POSITIVE_INFINITY) {
    await noteLaunch(context, registration.id, null);
  }
  await notePages(context, attempt);
  const alreadyHere = (attempt.totalBytes ?? 0) - registration.downloadTotal;
  const report = () =>
    context.progress.report({
      episodeId: attempt.episodeId,
      receivedBytes: Math.max(0, alreadyHere) + registration.downloaded,
      totalBytes: attempt.totalBytes ?? null,
    });
  report();
  registration.addEventListener('progress', report);
  try {
    const { stop } = await harvest(context, attempt, registration, context.timeout(LOOK_MS));
    const current = await getAttempt(await context.database(), attempt.id);
    // With every byte here there is nothing to wait for; the settle event may be half a minute away.
    if (stop) await end(context, attempt, stop);
    else if (current && isComplete(current)) await end(context, attempt, { kind: 'done' });
  } finally {
    registration.removeEventListener('progress', report);
  }
}

/**
 * Settles the work first, so that the lease is free when the abort event comes: by that the event
 * knows that it was us.
 */
async function end(context: WorkerContext, attempt: Attempt, stop: Stop): Promise<void> {
  // A pause, a deletion or the settle event came first.
  if (!(await isWanted(context, attempt))) return;
  const registration = await findRegistration(context, attempt);
  await settleWork(context, attempt, stop);
  await registration?.abort();
}

function findRegistration(context: WorkerContext, { id, epoch }: Attempt) {
  return context.registration.backgroundFetch?.get(`${id}:${epoch}`);
}

/**
 * Lets go of a Background Fetch that the browser no longer knows and whose settle event never came.
 * It may still be on its way, and starting anew before it has come fetches twice: so not at the
 * first sight, but after a while.
 */
async function noteUnknownFetch(
  context: WorkerContext,
  { id, epoch, lease }: Attempt,
): Promise<void> {
  const settling = context.running.has(`settle:${id}:${epoch}`);
  if (settling || lease?.expiresAt !== Number.POSITIVE_INFINITY) return;
  const until = context.now() + SETTLE_GRACE_MS;
  await changeLease(await context.database(), id, lease.owner, { expiresAt: until });
}
