import type { Tools } from '../services/inspection/technique.ts';

export const title = 'Keep artwork before it is needed';
export const explanation =
  'Imperative caching: the page names rows by id, the worker looks their addresses up and fills its cache.';
export const docs = 'imperative-caching';

export async function run({ link, library, stop }: Tools): Promise<string> {
  const podcasts = await library.podcasts();
  const artworkOf = podcasts.slice(0, 200).map(({ id }) => id);
  const kept = await link.send(
    'cache/keep',
    { artworkOf, companionsOf: [] },
    { timeoutMs: 30_000, signal: stop },
  );
  return `${kept.artworkOf.length} of ${artworkOf.length} covers are kept.`;
}
