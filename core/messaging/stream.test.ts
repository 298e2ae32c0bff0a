import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DownloadProgress } from '../contract/streams.ts';
import { PROTOCOL } from '../contract/version.ts';
import type { EpisodeId } from '../model/ids.ts';
import { openStream, StreamPublisher } from './stream.ts';

const INTERVAL_MS = 100;

let received = 0;
const open: (() => void)[] = [];

beforeEach(() => {
  received = 0;
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});

afterEach(() => {
  vi.useRealTimers();
  for (const close of open.splice(0)) close();
});

function snapshot(): DownloadProgress[] {
  return [{ episodeId: 'e' as EpisodeId, receivedBytes: received, totalBytes: 100 }];
}

function aPublisher() {
  return new StreamPublisher<'downloads/progress'>(snapshot, INTERVAL_MS, 'life');
}

/** A page that listens: how many bytes it was told, message by message. */
function subscribe(publisher: StreamPublisher<'downloads/progress'>, id: string) {
  const told: number[] = [];
  const onItem = (item: DownloadProgress[]) => told.push(item[0]?.receivedBytes ?? -1);
  const target = {
    postMessage: (_message: unknown, [port]: Transferable[]) =>
      publisher.add(id, port as MessagePort),
  };
  const close = openStream(target, 'downloads/progress', {}, { onItem, onEnd: vi.fn() });
  open.push(close);
  return { told, close };
}

/** Resolves when everything that was posted before has arrived: one more message, on a new channel. */
async function delivered(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) {
    const { port1, port2 } = new MessageChannel();
    await new Promise((resolve) => {
      port1.onmessage = resolve;
      port2.postMessage('');
    });
    port1.close();
  }
}

describe('a stream', () => {
  it('is asked for with an envelope and one port', () => {
    const postMessage = vi.fn();
    open.push(
      openStream({ postMessage }, 'downloads/progress', {}, { onItem: vi.fn(), onEnd: vi.fn() }),
    );
    const message = {
      protocol: PROTOCOL,
      kind: 'stream',
      id: expect.any(String),
      type: 'downloads/progress',
      params: {},
    };
    expect(postMessage).toHaveBeenCalledExactlyOnceWith(message, [expect.any(MessagePort)]);
  });

  it('begins with a snapshot', async () => {
    received = 5;
    const page = subscribe(aPublisher(), 'page');
    await vi.waitFor(() => expect(page.told).toEqual([5]));
  });

  it('tells the latest of many changes, once per interval', async () => {
    const publisher = aPublisher();
    const page = subscribe(publisher, 'page');
    for (received = 1; received < 50; received += 1) publisher.changed();
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(INTERVAL_MS - 1);
    await delivered();
    expect(page.told).toEqual([0]);
    vi.advanceTimersByTime(1);
    await vi.waitFor(() => expect(page.told).toEqual([0, 50]));
    publisher.changed();
    received = 60;
    vi.advanceTimersByTime(INTERVAL_MS);
    await vi.waitFor(() => expect(page.told).toEqual([0, 50, 60]));
  });

  it('tells many pages less often, and each of them the latest', async () => {
    const publisher = aPublisher();
    const pages = Array.from({ length: 20 }, (_, n) => subscribe(publisher, `page ${n}`));
    received = 8;
    publisher.changed();
    vi.advanceTimersByTime(5 * INTERVAL_MS - 1);
    await delivered();
    expect(pages.every(({ told }) => told.length === 1)).toBe(true);
    received = 9;
    vi.advanceTimersByTime(1);
    await vi.waitFor(() => expect(pages.map(({ told }) => told)).toEqual(Array(20).fill([0, 9])));
  });

  it('is silent while nothing changes', () => {
    subscribe(aPublisher(), 'page');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('tells every page', async () => {
    const publisher = aPublisher();
    const pages = ['one', 'two'].map((id) => subscribe(publisher, id));
    received = 7;
    publisher.changed();
    vi.advanceTimersByTime(INTERVAL_MS);
    await vi.waitFor(() =>
      expect(pages.map(({ told }) => told)).toEqual([
        [0, 7],
        [0, 7],
      ]),
    );
  });

  it('replaces a page that comes back: its old port hears nothing any more', async () => {
    const publisher = aPublisher();
    const before = subscribe(publisher, 'page');
    await vi.waitFor(() => expect(before.told).toEqual([0]));
    const after = subscribe(publisher, 'page');
    received = 9;
    publisher.changed();
    vi.advanceTimersByTime(INTERVAL_MS);
    await vi.waitFor(() => expect(after.told).toEqual([0, 9]));
    expect(before.told).toEqual([0]);
  });

  it('forgets the pages that are gone, and keeps the others', async () => {
    const publisher = aPublisher();
    const gone = subscribe(publisher, 'gone');
    const here = subscribe(publisher, 'here');
    await vi.waitFor(() => expect(gone.told).toEqual([0]));
    publisher.keepOnly(new Set(['here', 'never seen']));
    received = 3;
    publisher.changed();
    vi.advanceTimersByTime(INTERVAL_MS);
    await vi.waitFor(() => expect(here.told).toEqual([0, 3]));
    expect(gone.told).toEqual([0]);
  });

  it('tells nothing after the page has closed it', async () => {
    const publisher = aPublisher();
    const page = subscribe(publisher, 'page');
    await vi.waitFor(() => expect(page.told).toEqual([0]));
    page.close();
    received = 4;
    publisher.changed();
    vi.advanceTimersByTime(INTERVAL_MS);
    await delivered();
    expect(page.told).toEqual([0]);
  });

  it('ends at the first item of another protocol, unread', async () => {
    const onItem = vi.fn();
    const onEnd = vi.fn();
    const target = {
      postMessage: (_message: unknown, [port]: Transferable[]) => {
        const worker = port as MessagePort;
        worker.postMessage({ protocol: PROTOCOL + 1, kind: 'item', item: 'from the future' });
        worker.postMessage({ protocol: PROTOCOL, kind: 'item', item: [] });
      },
    };
    open.push(openStream(target, 'downloads/progress', {}, { onItem, onEnd }));
    await vi.waitFor(() => expect(onEnd).toHaveBeenCalledOnce());
    await delivered();
    expect(onEnd.mock.lastCall?.[0]).toMatchObject({ code: 'protocol-mismatch' });
    expect(onItem).not.toHaveBeenCalled();
  });
});
