import type { Attempt } from '../../core/model/download.ts';
import { changeLease } from '../../core/storage/attempts.ts';
import type { WorkerContext } from '../context.ts';
import { windowsOf } from '../windows.ts';

/*
 * After the crash of the page that started them, Chromium lets its Background Fetches rest for half a
 * minute (seen in 156, 3 of 3; not after that page was closed or frozen). Another page that is open
 * starts the missing rest sooner.
 *
 * After a kill of the whole browser its page is gone as well; then the fetches go on by themselves, or
 * their settle event is on its way, and is waited for. What tells the two apart is a page that was open
 * beside the one that is gone, and still is: no page outlives the browser, and no id comes again.
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
  const besides = await pagesBeside(context, lease.clientId);
  if (besides.every((it) => lease.besides?.includes(it))) return;
  await changeLease(await context.database(), id, lease.owner, { besides });
}

/** Those among them whose page is gone, the browser is not, and that bring nothing. */
export async function listDeserted(
  context: WorkerContext,
  attempts: readonly Attempt[],
): Promise<Attempt[]> {
  if (!context.isOnline() || context.progress.stillForMs <= STILL_MS) return [];
  const open = await openIds(context);
  return attempts.filter(({ lease }) => {
    const isGone = lease?.clientId !== undefined && !open.includes(lease.clientId);
    return isGone && lease.besides?.some((it) => open.includes(it));
  });
}

async function openIds(context: WorkerContext): Promise<string[]> {
  return (await windowsOf(context)).map(({ id }) => id);
}
