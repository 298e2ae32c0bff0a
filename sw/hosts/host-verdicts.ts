import { type HostVerdict, isFresh } from '../../core/model/host-verdict.ts';
import { getHost, putHost } from '../../core/storage/hosts.ts';
import type { WorkerContext } from '../context.ts';

/** What the last look at a host found, while that may be relied on. */
export async function knownWay(
  context: WorkerContext,
  url: string,
): Promise<HostVerdict['way'] | undefined> {
  const verdict = await getHost(await context.database(), new URL(url).host);
  return verdict && isFresh(verdict, context.now()) ? verdict.way : undefined;
}

export async function rememberWay(
  context: WorkerContext,
  url: string,
  way: HostVerdict['way'],
): Promise<void> {
  const { host } = new URL(url);
  await putHost(await context.database(), { host, way, judgedAt: context.now() });
}
