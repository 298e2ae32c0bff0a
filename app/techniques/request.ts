import type { Tools } from '../services/inspection/technique.ts';

export const title = 'Ask the worker something';
export const explanation =
  'A request takes a MessageChannel of its own: one question, one answer, and always a timeout.';
export const docs = 'request';

export async function run({ link, stop }: Tools): Promise<string> {
  const askedAt = performance.now();
  const { build, protocol } = await link.send(
    'worker/version',
    {},
    { timeoutMs: 1_000, signal: stop },
  );
  const tookMs = performance.now() - askedAt;
  return `Version ${build}, protocol ${protocol}, after ${tookMs.toFixed(1)} ms.`;
}
