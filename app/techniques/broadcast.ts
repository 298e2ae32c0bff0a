import type { Tools } from '../services/inspection/technique.ts';

export const title = 'Send a broadcast';
export const explanation =
  'The worker tells every window by clients.matchAll() and postMessage(), also those it does not control.';
export const docs = 'broadcast';

export async function run({ link, stop }: Tools): Promise<string> {
  await link.send('inspector/broadcast', {}, { signal: stop });
  return 'The worker has told every window.';
}
