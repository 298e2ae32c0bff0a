import { expect, it, vi } from 'vitest';
import { textStream } from './text-stream.ts';

const quiet = new AbortController().signal;

it.each(['', 'short', 'x'.repeat(300_000), '🎧'.repeat(100_000), `x${'🎧'.repeat(100_000)}\ud83c`])(
  'is the text, whole (%#)',
  async (text) => {
    const onEnd = vi.fn();
    const bytes = await new Response(textStream(text, quiet, onEnd)).arrayBuffer();
    expect(Buffer.compare(Buffer.from(text), Buffer.from(bytes))).toBe(0);
    expect(onEnd).toHaveBeenCalled();
  },
);

it('is over when it is cancelled, or the client has gone', async () => {
  const [cancelled, gone, went] = [vi.fn(), vi.fn(), vi.fn()];
  await textStream('text', quiet, cancelled).cancel();
  expect(cancelled).toHaveBeenCalled();
  textStream('text', AbortSignal.abort(), gone);
  expect(gone).toHaveBeenCalled();
  const client = new AbortController();
  textStream('text', client.signal, went);
  expect(went).not.toHaveBeenCalled();
  client.abort();
  expect(went).toHaveBeenCalled();
});
