import type { Attempt } from '../../core/model/attempt.ts';
import type { Failure } from '../../core/model/failure.ts';
import { getAttempt } from '../../core/storage/attempts.ts';
import type { WorkerContext } from '../context.ts';
import { readRetryAfter } from '../hosts/retry-after.ts';
import { failureOf, stopOf } from './foreground.ts';
import { judgeRange } from './judge.ts';
import type { Mitigation, Stop } from './outcome.ts';
import { type RangeRequest, readRangeFragment } from './plan.ts';
import { strongEtag } from './range.ts';
import { storeSegment } from './store-segment.ts';
import { storeWhole } from './whole.ts';

/** What a harvest brought in. */
export interface Harvest {
  progressed: boolean;
  /** Why the attempt cannot go on as it is; `undefined` when nothing speaks against it. */
  stop: Stop | undefined;
  /** The last "not now" of the host among the records, where one was. */
  refusal: Refusal | undefined;
}

type Refusal = { failure: Failure } & Mitigation;

const NOTHING: Harvest = { progressed: false, stop: undefined, refusal: undefined };

/**
 * Takes over the finished records of a Background Fetch, in file order, one transaction each. While
 * the fetch is running, it waits for the next record until `until` aborts, and takes what is ready
 * even then. In the settle event every record is ready or lost, and all are looked at.
 *
 * One harvest at a time and attempt: a look at a running fetch gives way, a settle event waits.
 */
export async function harvest(
  context: WorkerContext,
  attempt: Attempt,
  registration: BackgroundFetchRegistration,
  until: AbortSignal | 'settled',
): Promise<Harvest> {
  const name = `harvest:${attempt.id}`;
  if (until === 'settled') {
    return context.locks.request(name, () => takeRecords(context, attempt, registration, until));
  }
  return context.locks.request(name, { ifAvailable: true }, (lock) =>
    lock ? takeRecords(context, attempt, registration, until) : NOTHING,
  );
}

async function takeRecords(
  context: WorkerContext,
  attempt: Attempt,
  registration: BackgroundFetchRegistration,
  until: AbortSignal | 'settled',
): Promise<Harvest> {
  const result = { ...NOTHING };
  for (const { record, part } of await recordsInFileOrder(registration)) {
    const current = await getAttempt(await context.database(), attempt.id);
    if (current?.epoch !== attempt.epoch) return result;
    if (part !== 'whole' && isJournaled(current, part)) continue;
    const response = await readyResponse(context, record, until);
    if (response === 'later') return result;
    if (response === 'lost') continue;
    const stop =
      part === 'whole'
        ? await takeWhole(context, current, response)
        : await takeRange(context, current, response, part);
    if (stop === 'skipped') continue;
    if (stop && 'skipped' in stop) {
      result.refusal = stop.skipped;
      continue;
    }
    if (stop) return { ...result, stop };
    result.progressed = true;
  }
  return result;
}

/** `match` ignores the fragment, so all records are read and told apart here. */
async function recordsInFileOrder(registration: BackgroundFetchRegistration) {
  const records = await registration.matchAll();
  return records
    .flatMap((record) => {
      const part = readRangeFragment(record.request.url);
      return part === undefined ? [] : [{ record, part }];
    })
    .sort((a, b) => startOf(a.part) - startOf(b.part));
}

function startOf(part: RangeRequest | 'whole'): number {
  return part === 'whole' ? 0 : part.offsetBytes;
}

function isJournaled({ journal }: Attempt, part: RangeRequest): boolean {
  return journal.some((entry) => entry.offsetBytes === part.offsetBytes);
}

async function readyResponse(
  context: WorkerContext,
  record: BackgroundFetchRecord,
  until: AbortSignal | 'settled',
): Promise<Response | 'later' | 'lost'> {
  // Caught at once: a record may fail while nobody is waiting for it.
  const ready = record.responseReady.catch(() => 'lost' as const);
  if (until === 'settled') return ready;
  let giveUp: (() => void) | undefined;
  const later = new Promise<'later'>((resolve) => {
    // Behind a timer, so that a record that is ready wins over a signal that has aborted already.
    giveUp = () => context.later(0, () => resolve('later'));
    if (until.aborted) giveUp();
    else until.addEventListener('abort', giveUp);
  });
  try {
    return await Promise.race([ready, later]);
  } finally {
    if (giveUp) until.removeEventListener('abort', giveUp);
  }
}

/**
 * `undefined` when it is committed. A record that says success with empty bytes is skipped, and so is
 * one that holds a passing refusal: others may hold bytes.
 */
async function takeRange(
  context: WorkerContext,
  attempt: Attempt,
  response: Response,
  part: RangeRequest,
): Promise<Stop | 'skipped' | { skipped: Refusal } | undefined> {
  const failure = failureOf(response);
  switch (judgeRange(response, attempt, part)) {
    case 'changed':
      return { kind: 'changed' };
    case 'refused':
      return { kind: 'failed', failure };
    case 'wait':
      return {
        skipped: { failure, retryAfterMs: readRetryAfter(response.headers, context.now()) },
      };
    case 'good': {
      const body = await response.arrayBuffer().catch(() => undefined);
      if (body?.byteLength !== part.overlapBytes + part.lengthBytes) return 'skipped';
      const etag = strongEtag(response.headers);
      const { offsetBytes, overlapBytes } = part;
      const result = await storeSegment(context, attempt, {
        offsetBytes,
        overlapBytes,
        bytes: new Uint8Array(body),
        etag,
      });
      if (result === 'committed') return undefined;
      return result === 'unproven' ? 'skipped' : stopOf(result);
    }
  }
}

async function takeWhole(
  context: WorkerContext,
  attempt: Attempt,
  response: Response,
): Promise<Stop | undefined> {
  if (attempt.journal.length > 0) return undefined;
  const failure: Failure = { code: 'enclosure-unreachable' };
  const stop = await storeWhole(context, attempt, response).catch(
    (): Stop => ({ kind: 'void', failure, endedAtBytes: undefined }),
  );
  return stop.kind === 'done' ? undefined : stop;
}
