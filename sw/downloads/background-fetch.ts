import type { BackgroundFetchPlan, LaunchRefusal } from '../../core/contract/requests.ts';
import type { Attempt } from '../../core/model/download.ts';
import type { AttemptId } from '../../core/model/ids.ts';
import { changeAttempt, getAttempt, listAttempts, takeLease } from '../../core/storage/attempts.ts';
import { getDownload, listDownloads } from '../../core/storage/downloads.ts';
import { getEpisode } from '../../core/storage/episodes.ts';
import type { WorkerContext } from '../context.ts';
import { settleWork } from './outcome.ts';
import {
  inBackgroundFetchOrder,
  planRanges,
  type RangeRequest,
  rangeHeader,
  withRangeFragment,
} from './plan.ts';
import { prepareAttempt } from './prepare.ts';
import { attemptAddress } from './source.ts';

/*
 * One attempt is one registration whose requests are the segments that it still needs. Only a page
 * can start it, so it is planned here, started there, and noted here again.
 */

/** The browser refuses a sixth live registration; one place is left for the Inspector. */
const MAX_REGISTERED = 4;
/** How long a page may take between asking for a plan and starting it. */
const LAUNCH_MS = 30_000;

/** The next download that a page can start, as a plan under a lease; `null` when there is none. */
export async function claimNext(
  context: WorkerContext,
  clientId: string,
): Promise<BackgroundFetchPlan | null> {
  if (!context.registration.backgroundFetch) return null;
  return context.locks.request('claim', async () => {
    const db = await context.database();
    for (const download of await listClaimable(context)) {
      const attempt = await prepareAttempt(context, download);
      if (attempt?.engine !== 'background-fetch') continue;
      const episode = await getEpisode(db, attempt.episodeId);
      const address = episode && (await attemptAddress(context, attempt, episode));
      const taken = await takeLease(
        db,
        attempt.id,
        (lease) => isExpired(context, lease),
        (epoch) => ({
          engine: 'background-fetch',
          owner: `${attempt.id}:${epoch}`,
          clientId,
          expiresAt: context.now() + LAUNCH_MS,
        }),
      );
      if (!taken) continue;
      const parts = taken.shape === 'whole' ? (['whole'] as const) : planRanges(taken);
      if (!address || parts.length === 0) {
        const failure = { code: 'enclosure-unreachable' } as const;
        await settleWork(context, taken, { kind: 'wait', failure, progressed: false });
        continue;
      }
      await context.broadcast({ type: 'downloads/changed', episodeIds: [attempt.episodeId] });
      return toPlan(taken, episode.title, address, parts);
    }
    return null;
  });
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

/** Downloads that wait for a page to start them, in queue order, as many as there are places. */
export async function listClaimable(context: WorkerContext) {
  const db = await context.database();
  const attempts = new Map((await listAttempts(db)).map((attempt) => [attempt.id, attempt]));
  const downloads = (await listDownloads(db)).filter(
    ({ state }) => state.kind === 'queued' || state.kind === 'active',
  );
  const attemptOf = (id: AttemptId | undefined) => (id ? attempts.get(id) : undefined);
  const isHeld = (attempt: Attempt | undefined) =>
    attempt?.lease !== undefined && !isExpired(context, attempt.lease);
  const held = downloads.filter(({ attemptId }) => isHeld(attemptOf(attemptId)));
  return downloads
    .filter((download) => {
      const attempt = attemptOf(download.attemptId);
      return !isHeld(attempt) && (!attempt || attempt.engine === 'background-fetch');
    })
    .slice(0, Math.max(0, MAX_REGISTERED - held.length));
}

function isExpired(context: WorkerContext, { expiresAt }: { expiresAt: number }): boolean {
  return expiresAt <= context.now();
}

/** What became of a plan in the page. */
export async function noteLaunch(
  context: WorkerContext,
  fetchId: string,
  refusal: LaunchRefusal | null,
): Promise<void> {
  const db = await context.database();
  const attempt = await attemptOfFetch(context, fetchId);
  if (!attempt?.lease) return;
  switch (refusal) {
    case null:
      // Held for as long as the browser knows the fetch; see `background-harvest.ts`.
      return changeAttempt(db, attempt.id, attempt.epoch, {
        lease: { ...attempt.lease, expiresAt: Number.POSITIVE_INFINITY },
      });
    case 'no-space':
      return settleWork(context, attempt, { kind: 'no-space' });
    case 'too-many':
      return settleWork(context, attempt, {
        kind: 'wait',
        failure: { code: 'unexpected', detail: 'too many background fetches' },
        progressed: false,
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
