import { expect, it, vi } from 'vitest';
import { eventStream } from './events-stream.ts';
import type { Carrier } from './hub.ts';

function opened() {
  const onEnd = vi.fn();
  const carriers: Carrier[] = [];
  const client = new AbortController();
  const stream = eventStream((carrier) => {
    carriers.push(carrier);
    return onEnd;
  }, client.signal);
  const [carrier] = carriers;
  if (!stream || !carrier) throw new Error('did not open');
  return { stream, carrier, onEnd, client };
}

const message = { type: 'feed-changed', id: 'life-one.1', feedUrl: 'https://a.example/\n\ndata' };

it('is over when the client goes, and what is said then is lost', async () => {
  const { stream, carrier, onEnd } = opened();
  await stream.cancel();
  expect(onEnd).toHaveBeenCalled();
  carrier.send({ type: 'position', id: 'life-one.1' });
});

it('is over when the client goes before it reads', () => {
  const { carrier, onEnd, client } = opened();
  client.abort();
  expect(onEnd).toHaveBeenCalled();
  carrier.send({ type: 'position', id: 'life-one.1' });
});

it('is over when another connection takes its place', async () => {
  const { stream, carrier, onEnd } = opened();
  carrier.send({ ...message, type: 'feed-changed' });
  carrier.close();
  expect(onEnd).toHaveBeenCalledTimes(1);
  const text = await new Response(stream).text();
  expect(text).toContain('data: {"feedUrl":"https://a.example/\\n\\ndata"}\n\n');
});

it('is cut off when nobody reads', () => {
  const { carrier, onEnd } = opened();
  for (let count = 0; count < 100_000 && onEnd.mock.calls.length === 0; count += 1) {
    carrier.send({ ...message, type: 'feed-changed' });
  }
  expect(onEnd).toHaveBeenCalledTimes(1);
});

it('is over at once when what was missed is too much to send', () => {
  const onEnd = vi.fn();
  eventStream((carrier) => {
    const feedUrl = `https://a.example/${'x'.repeat(4000)}`;
    for (let count = 0; count < 400; count += 1) {
      carrier.send({ type: 'feed-changed', id: `life-one.${count}`, feedUrl });
    }
    return onEnd;
  }, new AbortController().signal);
  expect(onEnd).toHaveBeenCalledTimes(1);
});

it('is none for somebody who is not known', () => {
  expect(eventStream(() => undefined, new AbortController().signal)).toBeUndefined();
});
