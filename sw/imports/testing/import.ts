import type { OpmlPart } from '../../../core/contract/requests.ts';
import type { Failure } from '../../../core/model/failure.ts';
import type { ImportedFeed } from '../../../core/model/feed-import.ts';
import { countImports } from '../../../core/storage/imports.ts';
import { listPodcasts } from '../../../core/storage/podcasts.ts';
import { workOnImports } from '../../requests/imports-advance.ts';
import { importOpml } from '../../requests/opml-import.ts';
import { Device } from '../../testing/device.ts';
import { FeedHosts } from '../../testing/feed-hosts.ts';
import type { MortalWorker } from '../../testing/mortal-worker.ts';

export let device: Device;
export let gateway: FeedHosts;

/** Call before each test. */
export async function begin(): Promise<void> {
  device = await Device.create();
  gateway = new FeedHosts();
  startWorker();
}
/** A new life of the worker, which asks our gateway. */
export function startWorker(mortal?: MortalWorker): void {
  device.startWorker((context) => {
    const change = { fetch: gateway.fetch };
    // A dead worker reports nothing, not even that its transactions have gone with it.
    const report = mortal ? () => undefined : context.report;
    return { ...change, report, ...mortal?.wrap({ ...context, ...change }) };
  });
}

export const feedUrl = (index: number) => `https://feed-${index}.example/rss`;
export const listed = (count: number, from = 0): OpmlPart['feeds'] =>
  Array.from({ length: count }, (_, index) => {
    return { address: feedUrl(from + index), title: `Number ${from + index}`, usable: true };
  });
const part = (feeds: OpmlPart['feeds'], more: Partial<OpmlPart> = {}): OpmlPart => ({
  importId: 'list-1',
  feeds,
  firstPosition: 0,
  isLast: true,
  ...more,
});
export const take = (feeds: OpmlPart['feeds'], more?: Partial<OpmlPart>) =>
  device.command(importOpml, part(feeds, more));
export const advance = () => device.command(workOnImports, {});
export const failure = (
  code: 'feed-timeout' | 'feed-not-a-feed',
): { status: 'failed'; failure: Failure } => ({
  status: 'failed',
  failure: { code },
});

export async function advanceUntilIdle(): Promise<void> {
  for (let step = 0; step < 60; step += 1) {
    const { againInMs } = await advance();
    if (againInMs === null) return;
    device.now += againInMs;
  }
  throw new Error('still not idle after 60 steps');
}

export async function rows(): Promise<ImportedFeed[]> {
  const all = await (await device.worker.database()).getAll('imports');
  return all.sort((one, other) => one.position - other.position);
}
export const kinds = async () => (await rows()).map(({ state }) => state.kind);
export const counts = async () => countImports(await device.worker.database());

/** The addresses of what is subscribed, but for the podcast that every device has. */
export async function subscribed(): Promise<string[]> {
  const podcasts = await listPodcasts(await device.worker.database());
  return podcasts.map((podcast) => podcast.feedUrl).filter((url) => url.includes('feed-'));
}
