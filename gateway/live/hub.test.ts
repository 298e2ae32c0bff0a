import { beforeEach, describe, expect, it } from 'vitest';
import type { LiveMessage } from '../../core/api/live.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { ScriptedFeeds } from '../testing/scripted-feeds.ts';
import { type Carrier, LiveHub } from './hub.ts';

const MINUTE_MS = 60_000;
/** Each feed is asked for this often: a follower that is cut off is not forgotten so soon. */
const PACE_MS = 10_000;
const URL_A = 'https://a.example/feed.xml';
const URL_B = 'https://b.example/feed.xml';
const policy = { allowAddresses: [], ownHosts: ['podcasts.example'] };

class Line implements Carrier {
  readonly messages: LiveMessage[] = [];
  isClosed = false;

  send(message: LiveMessage): void {
    this.messages.push(message);
  }

  close(): void {
    this.isClosed = true;
  }

  get said(): string[] {
    return this.messages
      .filter(({ type }) => type !== 'position')
      .map((message) => ('feedUrl' in message ? message.feedUrl : message.type));
  }

  get lastId(): string {
    return this.messages.at(-1)?.id ?? '';
  }
}

let clock: FakeClock;
let feeds: ScriptedFeeds;
let hub: LiveHub;
let episodes: number;

beforeEach(() => {
  clock = new FakeClock();
  feeds = new ScriptedFeeds();
  hub = new LiveHub({
    read: feeds.read,
    pace: { minMs: PACE_MS, maxMs: PACE_MS },
    clock,
    lifeId: 'life-one',
  });
  episodes = 1;
  feeds.publish(URL_A, 1);
  feeds.publish(URL_B, 1);
});

function follow(...urls: string[]): string {
  const follows = hub.put('someone', { feeds: urls.map((url) => ({ url })) }, policy);
  if (!follows) throw new Error('no room');
  return follows.handle;
}

async function change(...urls: string[]): Promise<void> {
  episodes += 1;
  for (const url of urls) feeds.publish(url, episodes);
  await clock.advance(PACE_MS);
}

describe('a connected follower', () => {
  it('hears at once where it stands, then of the feeds that it follows', async () => {
    const line = new Line();
    hub.connect(follow(URL_A), undefined, line);
    expect(line.messages).toEqual([{ type: 'position', id: 'life-one.0' }]);
    follow(URL_B);
    await clock.advance(0);
    await change(URL_A, URL_B);
    expect(line.said).toEqual([URL_A]);
  });

  it('can change what it follows without connecting anew', async () => {
    const line = new Line();
    const handle = follow(URL_A);
    hub.connect(handle, undefined, line);
    await clock.advance(0);
    const feedsNow = [{ url: URL_B }];
    expect(hub.put('someone', { handle, feeds: feedsNow }, policy)).toEqual({
      handle,
      followed: 1,
    });
    await clock.advance(0);
    await change(URL_A, URL_B);
    expect(line.said).toEqual([URL_B]);
    expect(feeds.requests.filter(({ url }) => url === URL_A).length).toBe(1);
  });

  it('has a heart that beats while it is connected, and tells how far the log is', async () => {
    const line = new Line();
    const disconnect = hub.connect(follow(URL_A), undefined, line);
    await clock.advance(0);
    await change(URL_A);
    await clock.advance(MINUTE_MS);
    expect(line.messages.at(-1)).toEqual({ type: 'position', id: 'life-one.1' });
    const { length } = line.messages;
    disconnect?.();
    await clock.advance(MINUTE_MS);
    expect(line.messages.length).toBe(length);
  });

  it('has one connection: the newest', () => {
    const [first, second] = [new Line(), new Line()];
    const handle = follow(URL_A);
    const endFirst = hub.connect(handle, undefined, first);
    hub.connect(handle, undefined, second);
    expect([first.isClosed, second.isClosed]).toEqual([true, false]);
    // The end of the old one is told late, and changes nothing.
    endFirst?.();
    hub.close();
    expect(second.isClosed).toBe(true);
    expect(clock.pending).toBe(0);
  });
});

describe('a follower that comes back', () => {
  it('hears what it missed, in order, each event once', async () => {
    const handle = follow(URL_A, URL_B);
    const first = new Line();
    const disconnect = hub.connect(handle, undefined, first);
    await clock.advance(0);
    await change(URL_A);
    disconnect?.();
    await change(URL_B);
    await change(URL_A);

    const second = new Line();
    hub.connect(handle, first.messages.at(-1)?.id, second);
    await change(URL_B);
    expect([first.said, second.said]).toEqual([[URL_A], [URL_B, URL_A, URL_B]]);
    const ids = [...first.messages, ...second.messages]
      .filter(({ type }) => type === 'feed-changed')
      .map(({ id }) => id);
    expect(ids).toEqual([1, 2, 3, 4].map((number) => `life-one.${number}`));
  });

  it('misses nothing wherever it is cut off, over many cuts', async () => {
    const handle = follow(URL_A, URL_B);
    let line = new Line();
    let disconnect = hub.connect(handle, undefined, line);
    await clock.advance(0);
    const heard: string[] = [];
    for (let round = 0; round < 30; round += 1) {
      await change(round % 3 === 0 ? URL_B : URL_A);
      if (round % 4 > 1) continue;
      heard.push(...line.said);
      const { lastId } = line;
      disconnect?.();
      if (round % 2 === 0) await change(URL_B);
      line = new Line();
      disconnect = hub.connect(handle, lastId, line);
    }
    heard.push(...line.said);
    expect(heard.length).toBe(30 + 8);
  });

  it.each(['life-two.0', 'life-one.7', 'rubbish', ''])(
    'is told to look at everything again with the id %j',
    async (lastEventId) => {
      const line = new Line();
      hub.connect(follow(URL_A), lastEventId, line);
      expect(line.messages).toEqual([
        { type: 'look-again', id: 'life-one.0' },
        { type: 'position', id: 'life-one.0' },
      ]);
    },
  );

  it('too late has to say again what it follows', async () => {
    const handle = follow(URL_A);
    const disconnect = hub.connect(handle, undefined, new Line());
    await clock.advance(10 * MINUTE_MS);
    disconnect?.();
    await clock.advance(10 * MINUTE_MS);
    expect(hub.connect(handle, undefined, new Line())).toBeUndefined();
    expect(hub.put('someone', { handle, feeds: [] }, policy)?.handle).not.toBe(handle);
    await clock.advance(10 * MINUTE_MS);
    expect(clock.pending).toBe(0);
  });
});

describe('what somebody wants to follow', () => {
  it.each([
    'http://localhost/feed.xml',
    'http://192.168.0.1/feed.xml',
    'https://podcasts.example/feed.xml',
    'https://user@a.example/feed.xml',
    'https://a.example:22/feed.xml',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'feed',
    '',
  ])('is not %s', (url) => {
    expect(hub.put('someone', { feeds: [{ url }, { url: URL_A }] }, policy)?.followed).toBe(1);
  });

  it('is bounded for each client, however many handles it has', () => {
    let followed = 0;
    for (let handle = 0; handle < 10; handle += 1) {
      const many = Array.from({ length: 500 }, (_, feed) => ({
        url: `${URL_A}?${handle}-${feed}`,
      }));
      followed += hub.put('greedy', { feeds: many }, policy)?.followed ?? 0;
    }
    expect(followed).toBe(2000);
    expect(hub.put('another', { feeds: [{ url: URL_A }] }, policy)?.followed).toBe(1);
  });

  it('is followed as far as the client may begin new feeds, and of those of others all', () => {
    let left = 2;
    const bounded = new LiveHub({
      read: feeds.read,
      pace: { minMs: PACE_MS, maxMs: PACE_MS },
      clock,
      mayBegin: (client) => {
        if (client === 'someone') left -= 1;
        return left >= 0;
      },
    });
    const put = (client: string, ...urls: string[]) =>
      bounded.put(client, { feeds: urls.map((url) => ({ url })) }, policy)?.followed;
    expect(put('other', URL_A)).toBe(1);
    const more = [1, 2, 3].map((number) => `${URL_B}?${number}`);
    expect(put('someone', ...more, URL_A)).toBe(3);
    expect(put('someone', ...more)).toBe(2);
  });

  it('counts once, however often it is named', () => {
    const twice = { feeds: [{ url: URL_A }, { url: URL_A, etag: '"1"' }] };
    expect(hub.put('someone', twice, policy)?.followed).toBe(1);
  });

  it('has a handle that cannot be guessed', () => {
    const handles = new Set(Array.from({ length: 50 }, () => follow(URL_A)));
    expect(handles.size).toBe(50);
    for (const handle of handles) expect(handle).toMatch(/^[0-9a-f]{64}$/);
  });
});
