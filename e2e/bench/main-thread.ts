import { setTimeout as delay } from 'node:timers/promises';
import type { CDPSession, Page } from '@playwright/test';

/** A trace of a busy page is large: it is read window by window. */
const WINDOW_MS = 10_000;

export interface Watched<Value> {
  value: Value;
  longestMs: number;
}

/**
 * For how long the page could do nothing else at a time, at most, while `work` went on. In Chromium that
 * is the processor time of the longest task of its main thread: what else the machine does does not
 * count. Elsewhere it is the longest gap between two timers.
 */
export async function watchMainThread<Value>(
  page: Page,
  browserKind: 'chromium' | 'firefox',
  work: () => Promise<Value>,
): Promise<Watched<Value>> {
  if (browserKind === 'chromium') return watchTasks(page, work);
  await page.evaluate(beginWatch);
  const value = await work();
  return { value, longestMs: await page.evaluate(endWatch) };
}

async function watchTasks<Value>(page: Page, work: () => Promise<Value>): Promise<Watched<Value>> {
  const session = await page.context().newCDPSession(page);
  let isOver = false;
  let longestMs = 0;
  await session.send('Tracing.start', TRACING);
  const result = work().finally(() => {
    isOver = true;
  });
  for (;;) {
    await Promise.race([result, delay(WINDOW_MS)]);
    longestMs = Math.max(longestMs, await endTrace(session));
    if (isOver) break;
    await session.send('Tracing.start', TRACING);
  }
  await session.detach();
  return { value: await result, longestMs };
}

const TRACING = {
  categories: 'disabled-by-default-devtools.timeline',
  transferMode: 'ReportEvents',
} as const;

/** Of those fields that are looked at. Times are in µs. */
interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  tdur?: number;
  args?: { name?: string };
}

/** Resolves with the processor time of the longest task of any page's main thread, in ms. */
async function endTrace(session: CDPSession): Promise<number> {
  const mainThreads = new Set<string>();
  const longest = new Map<string, number>();
  const read = ({ value }: { value: object[] }) => {
    for (const { name, pid, tid, tdur = 0, args } of value as TraceEvent[]) {
      const thread = `${pid} ${tid}`;
      if (name === 'thread_name' && args?.name === 'CrRendererMain') mainThreads.add(thread);
      if (name === 'RunTask') longest.set(thread, Math.max(longest.get(thread) ?? 0, tdur));
    }
  };
  session.on('Tracing.dataCollected', read);
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await complete;
  session.off('Tracing.dataCollected', read);
  const ours = [...longest].filter(([thread]) => mainThreads.has(thread)).map(([, it]) => it);
  if (ours.length === 0) throw new Error('the trace has no main thread');
  return Math.max(...ours) / 1000;
}

interface Watch {
  timer: ReturnType<typeof setInterval>;
  longestMs: number;
}

/** Runs in the page. */
function beginWatch(): void {
  let last = performance.now();
  const watch = { longestMs: 0 } as Watch;
  watch.timer = setInterval(() => {
    const now = performance.now();
    watch.longestMs = Math.max(watch.longestMs, now - last);
    last = now;
  }, 1);
  Object.assign(globalThis, { mainThreadWatch: watch });
}

/** Runs in the page. */
function endWatch(): number {
  const { mainThreadWatch } = globalThis as unknown as { mainThreadWatch: Watch };
  clearInterval(mainThreadWatch.timer);
  return mainThreadWatch.longestMs;
}
