import type { Attempt } from '../../core/model/attempt.ts';
import { changeLease } from '../../core/storage/attempts.ts';
import type { WorkerContext } from '../context.ts';
import { windowsOf } from '../windows.ts';

/*
 * After the crash of a page Chromium lets all Background Fetches rest for half a minute, whichever page
 * started them (seen in 156, 10 of 10; not after a page was closed or frozen). A page that is still open,
 * or is opened then, starts the missing rest anew, sooner.
 *
 * After a kill of the whole browser pages are gone as well; then the fetches go on by themselves, or
 * their settle event is on its way, and is waited for. What tells the two apart is what outlives a page
 * and not the browser: another page that was open beside it, and still is (no id comes again), or, where
 * the page was alone, the name of the browser's life. The worker is no witness: it mostly lives in the
 * process of the page, and dies with it.
 */

/** Shorter than any rest, and longer than most hosts take to answer. */
const STILL_MS = 4_000;

/** The other pages that are open, while that one is. */
export async function pagesBeside(context: WorkerContext, clientId: string): Promise<string[]> {
  const open = await openIds(context);
  return open.includes(clientId) ? open.filter((id) => id !== clientId) : [];
}

/** Notes pages that were opened since a fetch was started, while the one that started it is there. */
export async function notePages(context: WorkerContext, { id, lease }: Attempt): Promise<void> {
  if (!lease?.clientId) return;
  const known = lease.besides ?? [];
  const opened = await pagesBeside(context, lease.clientId);
  const besides = [...new Set([...known, ...opened])];
  if (besides.length === known.length) return;
  await changeLease(await context.database(), id, lease.owner, { besides });
}

/** Those among them that bring nothing since a page has gone, and the browser has not. */
export async function listResting(
  context: WorkerContext,
  attempts: readonly Attempt[],
): Promise<Attempt[]> {
  if (!context.isOnline() || context.progress.stillForMs <= STILL_MS) return [];
  const open = await openIds(context);
  // Nobody could start them anew.
  if (open.length === 0) return [];
  const life = await context.browserLife();
  return attempts.filter(({ lease }) => {
    const pages = [lease?.clientId, ...(lease?.besides ?? [])];
    const left = pages.filter((id) => id !== undefined && open.includes(id));
    const isSameBrowser = left.length > 0 || (life !== undefined && life === lease?.browserLife);
    return isSameBrowser && left.length < pages.length;
  });
}

async function openIds(context: WorkerContext): Promise<string[]> {
  return (await windowsOf(context)).map(({ id }) => id);
}
