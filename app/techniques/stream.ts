import { aborted } from '../services/inspection/aborted.ts';
import type { Tools } from '../services/inspection/technique.ts';

export const title = 'Subscribe to a stream';
export const explanation =
  'A MessageChannel that stays open: first a snapshot, then what changes. Start a download to see it move.';
export const docs = 'stream';

export async function run({ link, stop }: Tools): Promise<string> {
  const ended = new AbortController();
  let items = 0;
  const close = await link.openStream(
    'downloads/progress',
    () => {
      items += 1;
    },
    () => ended.abort(),
  );
  await aborted(AbortSignal.any([stop, ended.signal, AbortSignal.timeout(10_000)]));
  close();
  if (ended.signal.aborted) return `The worker ended it after ${items} items.`;
  return `${items} ${items === 1 ? 'item' : 'items'} came, then this page closed it.`;
}
