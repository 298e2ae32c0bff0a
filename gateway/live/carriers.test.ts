import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LiveMessage } from '../../core/api/live.ts';
import { type LiveUnderTest, startLive } from '../testing/live-under-test.ts';

let live: LiveUnderTest;

beforeEach(async () => {
  live = await startLive();
});

afterEach(() => live.close());

const changes = (messages: readonly LiveMessage[]) =>
  messages.filter(({ type }) => type === 'feed-changed').map(({ id }) => id);

/** Waits until the feed has been looked at, so that what is published now is a change. */
async function looked(): Promise<void> {
  const before = live.origin.requests.length;
  await vi.waitFor(() => expect(live.origin.requests.length).toBeGreaterThan(before + 1));
}

describe('a changed feed', () => {
  it('is told of by WebSocket', async () => {
    const socket = await live.open();
    socket.hello(await live.follow());
    await looked();
    live.publish();
    await vi.waitFor(() => expect(changes(socket.messages).length).toBe(1));
    expect(socket.messages.at(-1)).toMatchObject({ feedUrl: live.feedUrl });
    expect(socket.socket.extensions).toBe('');
  });

  it('is told of by server-sent events', async () => {
    const handle = await live.follow();
    const address = `http://localhost:${live.port}/api/live/events?handle=${handle}`;
    expect((await fetch(address, { method: 'HEAD' })).status).toBe(405);
    const events = await live.listen(`handle=${handle}`);
    expect(events.response.headers.get('content-type')).toBe('text/event-stream');
    expect(events.response.headers.get('cache-control')).toBe('no-store');
    await vi.waitFor(() => expect(events.messages.length).toBe(1));
    expect(events.text).toMatch(/^retry: \d+\n\n: still here\nevent: position\nid: [\w-]+\.0\n/);
    await looked();
    live.publish();
    await vi.waitFor(() => expect(changes(events.messages).length).toBe(1));
    expect(events.messages.at(-1)).toMatchObject({ feedUrl: live.feedUrl });
  });

  it('is asked for once, however many listen', async () => {
    const clients = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const handle = await live.follow();
        if (index % 2 === 0) return live.listen(`handle=${handle}`);
        const socket = await live.open();
        socket.hello(handle);
        return socket;
      }),
    );
    await looked();
    live.publish();
    for (const { messages } of clients) {
      await vi.waitFor(() => expect(changes(messages).length).toBe(1));
    }
    const [first] = live.origin.requests;
    expect(first?.url).toBe('/feed.xml');
    // One request each 50 ms at most, not twenty.
    const before = live.origin.requests.length;
    await looked();
    expect(live.origin.requests.length - before).toBeLessThan(5);
  });
});

describe('a client that was cut off', () => {
  it.each(['last-event-id header', 'last-event-id query', 'hello'])(
    'gets what it missed by its %s, and nothing twice',
    async (way) => {
      const handle = await live.follow();
      const first = await live.open();
      first.hello(handle);
      await looked();
      live.publish();
      await vi.waitFor(() => expect(changes(first.messages).length).toBe(1));
      const lastId = first.messages.at(-1)?.id ?? '';
      first.cut();
      live.publish();
      await looked();
      live.publish();
      await looked();

      let messages: readonly LiveMessage[];
      if (way === 'hello') {
        const second = await live.open();
        second.hello(handle, lastId);
        messages = second.messages;
      } else if (way.endsWith('query')) {
        ({ messages } = await live.listen(`handle=${handle}&last-event-id=${lastId}`));
      } else {
        // The query is what it began with, long ago: the header is newer.
        const query = `handle=${handle}&last-event-id=another-life.1`;
        ({ messages } = await live.listen(query, { 'last-event-id': lastId }));
      }
      await vi.waitFor(() => expect(changes(messages).length).toBe(2));
      live.publish();
      await vi.waitFor(() => expect(changes(messages).length).toBe(3));
      const numbers = [lastId, ...changes(messages)].map((id) => id.split('.').at(-1));
      expect(numbers).toEqual(['1', '2', '3', '4']);
    },
  );

  it('is told to look again by a server that has begun anew', async () => {
    const before = await live.listen(`handle=${await live.follow()}`);
    await vi.waitFor(() => expect(before.messages.length).toBe(1));
    const lastId = before.messages[0]?.id;
    const oldHandle = before.response.url.split('=').at(-1);
    await live.restart();
    expect((await live.listen(`handle=${oldHandle}`)).response.status).toBe(404);
    const after = await live.listen(`handle=${await live.follow()}&last-event-id=${lastId}`);
    await vi.waitFor(() =>
      expect(after.messages.map(({ type }) => type)).toEqual(['look-again', 'position']),
    );
  });
});

it('ends with everything that is open', async () => {
  const socket = await live.open();
  socket.hello(await live.follow());
  const events = await live.listen(`handle=${await live.follow()}`);
  await vi.waitFor(() => expect(events.messages.length).toBe(1));
  await live.restart();
  expect([1001, 1006]).toContain(await socket.closed);
});
