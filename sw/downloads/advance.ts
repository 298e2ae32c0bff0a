import type { Advance } from '../../core/contract/requests.ts';
import type { Attempt, Lease } from '../../core/model/attempt.ts';
import type { Download } from '../../core/model/download.ts';
import { remainingWaitMs } from '../../core/model/waiting.ts';
import { getAttempt, takeLease } from '../../core/storage/attempts.ts';
import { listDownloads } from '../../core/storage/downloads.ts';
import type { WorkerContext } from '../context.ts';
import { listClaimable } from './background-fetch.ts';
import { renewBackgroundFetches } from './background-renew.ts';
import { watchBackgroundFetches } from './background-watch.ts';
import { change } from './carry-out.ts';
import { clearDeleted } from './clean-up.ts';
import { fetchRanges } from './foreground.ts';
import { freeLeases } from './lease.ts';
import { holdToNetwork, isHeldBack } from './metered.ts';
import { finish, type Stop, settleWork, unexpectedStop } from './outcome.ts';
import { isComplete } from './plan.ts';
import { prepareBy } from './prepare.ts';
import { remainingRemovalMs, removeDue } from './removals.ts';
import { withReserve } from './reserve.ts';
import { hasRoom } from './room.ts';
import { inTurn } from './turns.ts';
import { fetchWhole } from './whole.ts';

/** A step of the foreground engine; a message or fetch event may last a little longer. */
export const STEP_MS = 20_000;
/** How soon a page may ask again while the browser is fetching for us. */
const PAUSE_MS = 250;
/** How soon it is looked whether there is a network now that the user wants: a hint may be lost. */
const OTHER_NETWORK_MS = 60_000;
/** A foreground lease outlives its step by little: a dead worker must not block the next one. */
const LEASE_MS = 60_000;

/**
 * Moves every download on by one bounded step. Callers that come together share one step. `alone`:
 * no page is there that could start a Background Fetch, so what waits for one is fetched here.
 */
export function advance(context: WorkerContext, { alone = false } = {}): Promise<Advance> {
  return context.running.join('advance', async () => {
    await withReserve(context, () => step(context, alone));
    return outlook(context);
  });
}

async function step(context: WorkerContext, alone: boolean): Promise<void> {
  await removeDue(context);
  await clearDeleted(context);
  await renewBackgroundFetches(context);
  await wakeDue(context);
  await holdToNetwork(context);
  const { background, unverified } = await sortOut(context, alone);
  const deadline = context.timeout(STEP_MS);
  const works = await Promise.allSettled([
    verifyAll(context, unverified, deadline),
    watchBackgroundFetches(context, background),
    workThrough(context, alone, deadline),
  ]);
  for (const ended of works) if (ended.status === 'rejected') throw ended.reason;
}

/** What there is to do, by who does it. */
async function sortOut(context: WorkerContext, alone: boolean) {
  const db = await context.database();
  const downloads = await listDownloads(db);
  const isFree = alone ? await freeLeases(context) : () => false;
  const background: Attempt[] = [];
  const foreground: Download[] = [];
  const unverified: Attempt[] = [];
  for (const download of downloads) {
    const { state, attemptId } = download;
    const verifying = state.kind === 'verifying';
    if (!verifying && state.kind !== 'queued' && state.kind !== 'active') continue;
    const attempt = attemptId && (await getAttempt(db, attemptId));
    if (verifying) {
      if (attempt) unverified.push(attempt);
    } else if (isForeground(context, attempt) || (alone && !isHeld(attempt, isFree)))
      foreground.push(download);
    else if (attempt && attempt.lease?.engine === 'background-fetch') background.push(attempt);
  }
  return { background, foreground, unverified };
}

/** Goes on with commits that a crash, or the end of a step, cut short. */
async function verifyAll(
  context: WorkerContext,
  attempts: readonly Attempt[],
  deadline: AbortSignal,
): Promise<void> {
  for (const attempt of attempts) await verify(context, attempt, deadline);
}

async function verify(
  context: WorkerContext,
  attempt: Attempt,
  deadline: AbortSignal,
): Promise<void> {
  if (isComplete(attempt)) return finish(context, attempt, deadline);
  // Bytes have gone since: they are missing again.
  const interrupted = { type: 'interrupted', reason: 'retry' } as const;
  await change(context, attempt.episodeId, interrupted);
}

/** Also where the browser had Background Fetch once, and has it no more. */
function isForeground(context: WorkerContext, attempt: Attempt | undefined): boolean {
  return attempt?.engine === 'foreground' || !context.registration.backgroundFetch;
}

function isHeld(attempt: Attempt | undefined, isFree: (lease: Lease) => boolean): boolean {
  return attempt?.lease !== undefined && !isFree(attempt.lease);
}

/** Puts back into the queue what waited for a retry that is due. */
async function wakeDue(context: WorkerContext): Promise<void> {
  if (!context.isOnline()) return;
  const db = await context.database();
  for (const download of await listDownloads(db)) {
    const { episodeId, state } = download;
    if (state.kind !== 'paused') continue;
    const due = state.reason === 'retry' && remainingWaitMs(download, context.now()) === 0;
    // Without a connection there was nothing to back off from: the network is here, so go on.
    if (due || state.reason === 'network') await change(context, episodeId, { type: 'woken' });
  }
}

/** The foreground engine: a few downloads side by side, each in its turn, until the step is over. */
async function workThrough(
  context: WorkerContext,
  alone: boolean,
  deadline: AbortSignal,
): Promise<void> {
  const list = async () => (await sortOut(context, alone)).foreground;
  await inTurn(context, list, deadline, async (download) => {
    const attempt = await prepareBy(context, download, aborted(deadline));
    if (!attempt || !(alone || isForeground(context, attempt))) return;
    if (await hasRoom(context, download, attempt, 1)) await work(context, attempt, deadline);
  });
}

async function work(
  context: WorkerContext,
  attempt: Attempt,
  deadline: AbortSignal,
): Promise<void> {
  const name = `attempt:${attempt.id}`;
  if (attempt.shape === 'whole') {
    // Cannot be cut into steps: it goes on behind this one, kept alive by the steps that follow.
    const run = context.running.join(
      name,
      (stop) => runUnderLease(context, attempt, stop, fetchWhole),
      { windsDown: false },
    );
    await Promise.race([run, aborted(deadline)]);
  } else {
    await context.running.join(name, (stop) =>
      runUnderLease(context, attempt, AbortSignal.any([stop, deadline]), fetchRanges),
    );
  }
}

async function runUnderLease(
  context: WorkerContext,
  attempt: Attempt,
  stop: AbortSignal,
  engine: (context: WorkerContext, attempt: Attempt, stop: AbortSignal) => Promise<Stop>,
): Promise<void> {
  const isFree = await freeLeases(context);
  const taken = await takeLease(await context.database(), attempt.id, isFree, () => ({
    engine: 'foreground',
    owner: context.lifeId,
    clientId: undefined,
    expiresAt: context.now() + LEASE_MS,
  }));
  if (!taken) return;
  await context.broadcast({ type: 'downloads/changed', episodeIds: [attempt.episodeId] });
  const outcome = engine(context, taken, stop).catch((error) => unexpectedStop(context, error));
  await settleWork(context, taken, await outcome);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** What is left to do, and when. */
async function outlook(context: WorkerContext): Promise<Advance> {
  const db = await context.database();
  const now = context.now();
  let againInMs: number | null = null;
  for (const download of await listDownloads(db)) {
    const { state } = download;
    // Offline there is nothing to try; the page comes back when the network does. What waits for a
    // network that is here already has missed that moment.
    const retries = state.kind === 'paused' && ['retry', 'network'].includes(state.reason);
    const waits = retries && context.isOnline();
    const busy = ['queued', 'active', 'verifying', 'deleting'].includes(state.kind);
    let inMs: number | undefined;
    if (waits) inMs = Math.max(PAUSE_MS, remainingWaitMs(download, now));
    else if (busy) inMs = PAUSE_MS;
    else if (isHeldBack(download) && context.isOnline()) inMs = OTHER_NETWORK_MS;
    const removalMs = remainingRemovalMs(download, now);
    for (const ms of [inMs, removalMs]) {
      if (ms !== undefined) againInMs = Math.min(againInMs ?? ms, ms);
    }
  }
  if (!context.registration.backgroundFetch) return { againInMs, claimable: false };
  const { waiting, places } = await listClaimable(context);
  return { againInMs, claimable: waiting.length > 0 && places > 0 };
}
