import type { Attempt } from '../../core/model/attempt.ts';
import { getEpisode } from '../../core/storage/episodes.ts';
import type { WorkerContext } from '../context.ts';
import { readRetryAfter } from '../hosts/retry-after.ts';
import { failureOf } from './foreground.ts';
import { type Judgement, judgeRange, judgeWhole } from './judge.ts';
import type { Stop } from './outcome.ts';
import { planRanges, rangeHeader } from './plan.ts';
import { attemptAddress } from './source.ts';

/*
 * A Background Fetch does not say what a host answers until it has given up. Chromium takes 401, 403 and
 * 404 for an answer; any other refusal, a 410 or a 416 as well, it tries five times, 20 s apart (156). So
 * where there is a doubt, the worker asks by itself, for a byte: before a fetch is started anew that
 * failed the last time, and when one has brought nothing for a while. A first look at the host comes with
 * every attempt (`probe.ts`), so a fetch that goes well costs no request more.
 *
 * With every tab closed nothing wakes the worker in between. A host that begins to refuse in the middle of
 * a file is found out then when Chromium gives up, after its five tries, about two minutes; no bytes are
 * lost by that, and other fetches wait behind it for so long.
 */

/** Less than a claim waits for a host: one that is slow to answer is left to the browser. */
const TIMEOUT_MS = 1_500;

/** What speaks against going on with an attempt, and whether the browser would get past it by itself. */
export type Objection = Stop & { passes: boolean };

/**
 * Asks a host for the next byte that an attempt needs, in the way in which it was asked for the others.
 * `undefined`: nothing speaks against it, or the host cannot be asked now.
 */
export async function askHost(
  context: WorkerContext,
  attempt: Attempt,
): Promise<Objection | undefined> {
  const episode = await getEpisode(await context.database(), attempt.episodeId);
  const address = episode && (await attemptAddress(context, attempt, episode));
  const [missing] = attempt.shape === 'whole' ? [] : planRanges(attempt);
  const byte = missing && { ...missing, lengthBytes: 1 };
  if (!address || !(byte || attempt.shape === 'whole')) return undefined;
  const stop = new AbortController();
  const cancel = context.later(TIMEOUT_MS, () => stop.abort());
  try {
    const response = await context.fetch(address, {
      headers: byte ? { range: rangeHeader(byte) } : {},
      cache: 'no-store',
      signal: stop.signal,
    });
    const judgement = byte ? judgeRange(response, attempt, byte) : judgeWhole(response);
    return objectionTo(context, response, judgement);
  } catch {
    return undefined;
  } finally {
    cancel();
    stop.abort();
  }
}

function objectionTo(
  context: WorkerContext,
  response: Response,
  judgement: Judgement,
): Objection | undefined {
  switch (judgement) {
    case 'good':
      return undefined;
    case 'changed':
      return { kind: 'changed', passes: false };
    default: {
      const retryAfterMs = readRetryAfter(response.headers, context.now());
      const passes = judgement === 'wait';
      return { kind: 'failed', failure: failureOf(response), retryAfterMs, passes };
    }
  }
}
