import { isInspectorFetch } from '../../core/contract/inspection.ts';
import type { BackgroundFetchPlan, LaunchRefusal } from '../../core/contract/requests.ts';
import type { Attempt } from '../../core/model/attempt.ts';
import type { Download } from '../../core/model/download.ts';
import type { AttemptId } from '../../core/model/ids.ts';
import { mayFetch } from '../../core/model/unmetered.ts';
import { changeAttempt, changeLease, getAttempt, takeLease } from '../../core/storage/attempts.ts';
import { getDownload, listDownloads } from '../../core/storage/downloads.ts';
import { getEpisode } from '../../core/storage/episodes.ts';
import type { WorkerContext } from '../context.ts';
import { pause } from '../pause.ts';
import { askHost } from './ask-host.ts';
import { pagesBeside } from './background-rest.ts';
import { freeLeases } from './lease.ts';
import { settleWork } from './outcome.ts';
import {
  inBackgroundFetchOrder,
  planRanges,
  type RangeRequest,
  rangeHeader,
  withRangeFragment,
} from './plan.ts';
import { prepareBy } from './prepare.ts';
import { withReserve } from './reserve.ts';
import { hasRoom } from './room.ts';
import { attemptAddress } from './source.ts';
import { byTurns, takeTurn } from './turns.ts';

/*
 * One attempt is one registration whose requests are the segments that it still needs. Only a page
 * can start it, so it is planned here, started there, and noted here again.
 */

/** The browser refuses a sixth live registration; one place is left for the Inspector. */
const MAX_REGISTERED = 4;
/**
 * How long a page may take between asking for a plan and starting it. One that froze in between holds
 * the others up for no longer; one that is merely slow finds its fetch aborted, and nothing is lost.
 */
const LAUNCH_MS = 10_000;
/** How long a claim waits for one host before it looks at the next download. */
const PATIENCE_MS = 2_000;

/** The next download that a page can start, as a plan under a lease; `null` when there is none. */
export async function claimNext(
  context: WorkerContext,
  clientId: string,
): Promise<BackgroundFetchPlan | null> {
  if (!context.registration.backgroundFetch) return null;
  const claim = async () => {
    const { waiting, places, started } = await listClaimable(context);
    for (const candidate of await byTurns(context, waiting, places)) {
      const { download } = candidate;
      await takeTurn(context, candidate);
      // A host that takes its time is looked at further, and its download claimed by a later call.
      const attempt = await prepareBy(context, download, pause(context, PATIENCE_MS));
      const fits = attempt && (await hasRoom(context, download, attempt, 2));
      // What failed the last time, and was not looked at just now.
      const isDoubtful = download.retries > 0 && download.attemptId === attempt?.id;
      const claim = { clientId, started: started + 1, isDoubtful };
      const plan = fits && (await planUnderLease(context, attempt, claim));
      if (plan) return plan;
    }
    return null;
  };
  return context.locks.request('claim', () => withReserve(context, claim));
}

async function planUnderLease(
  context: WorkerContext,
  attempt: Attempt,
  { clientId, started, isDoubtful }: { clientId: string; started: number; isDoubtful: boolean },
): Promise<BackgroundFetchPlan | undefined> {
  if (attempt.engine !== 'background-fetch') return undefined;
  const db = await context.database();
  const episode = await getEpisode(db, attempt.episodeId);
  const address = episode && (await attemptAddress(context, attempt, episode, 204));
  const besides = await pagesBeside(context, clientId);
  const browserLife = await context.browserLife();
  const taken = await takeLease(db, attempt.id, await freeLeases(context), (epoch) => ({
    engine: 'background-fetch',
    owner: `${attempt.id}:${epoch}`,
    clientId,
    besides,
    browserLife,
    started,
    expiresAt: context.now() + LAUNCH_MS,
  }));
  if (!taken) return undefined;
  const parts = taken.shape === 'whole' ? (['whole'] as const) : planRanges(taken);
  if (!address || parts.length === 0) {
    const failure = { code: 'enclosure-unreachable' } as const;
    await settleWork(context, taken, { kind: 'failed', failure });
    return undefined;
  }
  const objection = isDoubtful && (await askHost(context, taken));
  if (objection) {
    await settleWork(context, taken, objection);
    return undefined;
  }
  await context.broadcast({ type: 'downloads/changed', episodeIds: [attempt.episodeId] });
  return toPlan(taken, episode.title, address, parts);
}

function toPlan(
  { id, epoch, totalBytes }: Attempt,
  title: string,
  address: string,
  parts: readonly (RangeRequest | 'whole')[],
): BackgroundFetchPlan {
  const requests = parts.map((part) => ({
    url: withRangeFragment(address, part),
    range: part === 'whole' ? null : rangeHeader(part),
  }));
  const sizes = parts.map((part) =>
    part === 'whole' ? (totalBytes ?? Number.NaN) : part.lengthBytes + part.overlapBytes,
  );
  const sum = sizes.reduce((total, size) => total + size, 0);
  return {
    fetchId: `${id}:${epoch}`,
    title,
    downloadTotalBytes: Number.isNaN(sum) ? null : sum,
    requests: inBackgroundFetchOrder(requests),
  };
}

interface Claimable {
  waiting: Download[];
  /** How many of them the browser may have now. */
  places: number;
  /** The number of the last one that was started, of those that the browser has. */
  started: number;
}

/** Downloads that wait for a page to start them. */
export async function listClaimable(context: WorkerContext): Promise<Claimable> {
  const db = await context.database();
  const isFree = await freeLeases(context);
  const rules = await context.networkRules();
  const waiting: Download[] = [];
  let held = 0;
  let started = 0;
  for (const download of await listDownloads(db)) {
    if (download.state.kind !== 'queued' && download.state.kind !== 'active') continue;
    const attempt = download.attemptId && (await getAttempt(db, download.attemptId));
    // One whole request goes on for longer than any lease.
    if (attempt && context.running.has(`attempt:${attempt.id}`)) continue;
    if (attempt?.lease && !isFree(attempt.lease)) {
      held += 1;
      started = Math.max(started, attempt.lease.started ?? 0);
    } else if (!mayFetch(rules, download)) continue;
    else if (!attempt || attempt.engine === 'background-fetch') waiting.push(download);
  }
  return { waiting, places: Math.max(0, MAX_REGISTERED - held), started };
}

/** What became of a plan in the page. */
export async function noteLaunch(
  context: WorkerContext,
  fetchId: string,
  refusal: LaunchRefusal | null,
): Promise<void> {
  const db = await context.database();
  const attempt = await attemptOfFetch(context, fetchId);
  if (refusal === null && !(await isOurs(context, fetchId))) {
    // Paused, deleted or taken over while the page was starting it.
    return abortFetch(context, fetchId);
  }
  if (!attempt?.lease) return;
  switch (refusal) {
    case null:
      // Held for as long as the browser knows the fetch; see `lease.ts`.
      return changeLease(db, attempt.id, fetchId, { expiresAt: Number.POSITIVE_INFINITY });
    case 'no-space':
      return settleWork(context, attempt, { kind: 'no-space' });
    case 'too-many':
      return settleWork(context, attempt, {
        kind: 'failed',
        failure: { code: 'unexpected', detail: 'too many background fetches' },
      });
    case 'not-allowed':
    case 'unexpected':
      // This browser will not do it, for this page or at all: the worker fetches by itself.
      await changeAttempt(db, attempt.id, attempt.epoch, { engine: 'foreground' });
      return settleWork(context, attempt, { kind: 'yielded' });
  }
}

/** The attempt behind a Background Fetch, while its epoch is still the attempt's own. */
export async function attemptOfFetch(
  context: WorkerContext,
  fetchId: string,
): Promise<Attempt | undefined> {
  const [id = '', epoch] = fetchId.split(':');
  const attempt = await getAttempt(await context.database(), id as AttemptId);
  return attempt?.epoch === Number(epoch) ? attempt : undefined;
}

/** Whether the download of an attempt is still meant to be worked on. */
export async function isWanted(context: WorkerContext, attempt: Attempt): Promise<boolean> {
  const download = await getDownload(await context.database(), attempt.episodeId);
  return download?.attemptId === attempt.id && download.state.kind === 'active';
}

/** Whether a Background Fetch works for a download: one that has lost its lease fetches for nobody. */
async function isOurs(context: WorkerContext, fetchId: string): Promise<boolean> {
  const attempt = await attemptOfFetch(context, fetchId);
  return attempt?.lease?.owner === fetchId && (await isWanted(context, attempt));
}

/** What has come by then is taken by the settle event. */
async function abortFetch(context: WorkerContext, fetchId: string): Promise<void> {
  await (await context.registration.backgroundFetch?.get(fetchId))?.abort();
}

/** Ends what was started for a download that has been paused, deleted or taken over since. */
export async function abortStrays(context: WorkerContext): Promise<void> {
  for (const fetchId of (await context.registration.backgroundFetch?.getIds()) ?? []) {
    if (isInspectorFetch(fetchId)) continue;
    if (!(await isOurs(context, fetchId))) await abortFetch(context, fetchId);
  }
}
