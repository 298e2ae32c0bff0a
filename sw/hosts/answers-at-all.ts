import type { WorkerContext } from '../context.ts';

const ANSWER_TIMEOUT_MS = 10_000;

/**
 * Tells a host that is gone from one that forbids reading (no CORS): the browser reports both as
 * the same TypeError, but an opaque answer to a `no-cors` request only comes from a living host.
 */
export async function answersAtAll(context: WorkerContext, url: string): Promise<boolean> {
  const stop = new AbortController();
  const cancel = context.later(ANSWER_TIMEOUT_MS, () => stop.abort());
  try {
    await context.fetch(url, { mode: 'no-cors', signal: stop.signal });
    return true;
  } catch {
    return false;
  } finally {
    cancel();
    stop.abort();
  }
}
