import { afterEach, describe, expect, it } from 'vitest';
import { envelope } from '../../core/contract/envelope.ts';
import { PROTOCOL } from '../../core/contract/version.ts';
import type { WorkerContext } from '../context.ts';
import { AClient, AWindow, aWorker, closePorts, type Sent, send } from '../testing/entrance.ts';
import { onMessageError } from './message.ts';

afterEach(closePorts);

function total({ dropped }: WorkerContext): number {
  return Object.values(dropped.counts).reduce((sum, count) => sum + count, 0);
}

const good = envelope('request', 'exchange-1', 'worker/version', {});
const start = envelope('request', 'exchange-1', 'download/start', { episodeId: 'e' });
let deep: unknown = 1;
for (let depth = 0; depth < 2_000; depth += 1) deep = { deep };

describe('a message that nobody of ours sends is dropped and counted, unanswered, its ports closed', () => {
  const cases: Record<string, [name: string, sent: Sent][]> = {
    stranger: [
      ['from another origin', { data: good, origin: 'https://evil.example' }],
      ['from another port', { data: good, origin: 'https://app.example:8443' }],
      ['from an opaque origin', { data: good, origin: 'null' }],
      ['without an origin', { data: good, origin: '' }],
      ['without a source', { data: good, source: null }],
      ['from outside the scope', { data: good, source: new AWindow('https://app.example/other/') }],
      [
        'from beside the scope',
        { data: good, source: new AWindow('https://app.example/stowaway2/') },
      ],
      ['from a blob', { data: good, source: new AWindow('blob:https://app.example/stowaway/') }],
      ['from about:blank', { data: good, source: new AWindow('about:blank') }],
      ['from a service worker', { data: good, source: { scriptURL: 'https://app.example/sw.js' } }],
      ['from a port', { data: good, source: new MessageChannel().port1 }],
      [
        'from what only looks like a client',
        { data: good, source: { url: 'https://app.example/stowaway/', id: 'page' } },
      ],
    ],
    ports: [
      ['without a port', { data: good, ports: 0 }],
      ['with two ports', { data: good, ports: 2 }],
      ['with 1,000 ports', { data: good, ports: 1_000 }],
      ['that wants to skip waiting, with two ports', { data: { type: 'SKIP_WAITING' }, ports: 2 }],
    ],
    'not-an-envelope': [
      ['that is nothing', { data: undefined }],
      ['that is null', { data: null }],
      ['that is text', { data: JSON.stringify(good) }],
      ['that is a number', { data: 10n }],
      ['that is a list', { data: [good] }],
      ['that is a list with fields', { data: Object.assign([], good) }],
      ['that is a Map', { data: new Map(Object.entries(good)) }],
      ['that is a Map with fields', { data: Object.assign(new Map(), good) }],
      ['that is a Date with fields', { data: Object.assign(new Date(0), good) }],
      ['that is an Error', { data: Object.assign(new Error('no'), good) }],
      ['that is nested 2,000 deep', { data: deep }],
      ['that is 100 MB of text', { data: 'x'.repeat(100_000_000) }],
      ['that is 100 MB of bytes', { data: new ArrayBuffer(100_000_000) }],
      ['whose name is 100 MB long', { data: { ...good, type: 'x'.repeat(100_000_000) } }],
      ['whose id is 100 MB long', { data: { ...good, id: 'x'.repeat(100_000_000) } }],
      ['that brings 100 MB more', { data: { ...good, extra: new ArrayBuffer(100_000_000) } }],
      ['with 100,000 fields more', { data: { ...Object.fromEntries(manyFields()), ...good } }],
      ['with an own __proto__', { data: JSON.parse(`{"__proto__":{},${text(good).slice(1)}`) }],
      ['whose __proto__ has it all', { data: JSON.parse(`{"__proto__":${text(good)}}`) }],
      ['whose kind is of the answers', { data: { ...good, kind: 'result' } }],
      ['whose protocol is text', { data: { ...good, protocol: '1' } }],
      ['whose name is a list', { data: { ...good, type: ['worker/version'] } }],
      ['without parameters', { data: { protocol: 1, kind: 'request', id: '1', type: 'x' } }],
      ['that skips waiting with junk', { data: { type: 'SKIP_WAITING', junk: 1 } }],
      ['that skips waiting with a list', { data: [{ type: 'SKIP_WAITING' }] }],
      ['that skips waiting as text', { data: 'SKIP_WAITING' }],
      ['that skips waiting as a Map', { data: new Map([['type', 'SKIP_WAITING']]) }],
      [
        'of a worker client that wants us to skip waiting',
        { data: { type: 'SKIP_WAITING' }, source: new AClient() },
      ],
    ],
  };
  const rows = Object.entries(cases).flatMap(([reason, list]) =>
    list.map(([name, sent]) => ({ reason, name, sent })),
  );

  it.each(rows)('$reason: one $name', async ({ reason, sent }) => {
    const worker = aWorker();
    const message = send(worker, sent);
    await message.receive();
    expect(worker.dropped.counts).toMatchObject({ [reason]: 1 });
    expect(total(worker)).toBe(1);
    expect(message.works).toEqual([]);
    await message.allClosed();
    expect(message.told).toEqual([]);
    expect(worker.skips).toBe(0);
    expect(worker.reports).toEqual([]);
  });

  it.each([
    ['of another origin', { origin: 'https://evil.example' }],
    ['without a source', { source: null }],
    ['outside the scope', { source: new AWindow('https://app.example/') }],
  ])('SKIP_WAITING %s', async (_name, sent) => {
    const worker = aWorker();
    await send(worker, { data: { type: 'SKIP_WAITING' }, ...sent }).receive();
    expect(worker.dropped.counts.stranger).toBe(1);
    expect(worker.skips).toBe(0);
  });

  it('one that could not be put together', async () => {
    const worker = aWorker();
    const message = send(worker, { data: null });
    await message.receive(onMessageError);
    await message.allClosed();
    expect(worker.dropped.counts.unreadable).toBe(1);
  });
});

describe('an envelope that the contract does not know is told so, and changes nothing', () => {
  const list = (length: number) => Array.from({ length }, () => 'e');
  it.each([
    ['an unknown name', { ...good, type: 'download/stop' }, 'unknown-type'],
    ['a name that every object has', { ...good, type: '__proto__' }, 'unknown-type'],
    ['the name of a stream', { ...good, type: 'downloads/progress' }, 'unknown-type'],
    ['a request as a stream', { ...start, kind: 'stream' }, 'unknown-type'],
    ['an older protocol', { ...start, protocol: PROTOCOL - 1 }, 'protocol-mismatch'],
    ['a newer protocol', { ...start, protocol: PROTOCOL + 1 }, 'protocol-mismatch'],
    ['no number for a protocol', { ...start, protocol: Infinity }, 'protocol-mismatch'],
    ['missing parameters', { ...start, params: {} }, 'bad-params'],
    ['an address too many', { ...start, params: { episodeId: 'e', url: 'x' } }, 'bad-params'],
    ['a list for {}', { ...good, params: [] }, 'bad-params'],
    ['a Date for {}', { ...good, params: new Date(0) }, 'bad-params'],
    ['a Map for {}', { ...good, params: new Map() }, 'bad-params'],
    ['a list with fields', { ...start, params: Object.assign([], start.params) }, 'bad-params'],
    ['100 MB as an id', { ...start, params: { episodeId: 'x'.repeat(1e8) } }, 'bad-params'],
    [
      '100 MB of bytes as an id',
      { ...start, params: { episodeId: new Uint8Array(1e8) } },
      'bad-params',
    ],
    [
      'too many ids',
      { ...good, type: 'cache/keep', params: { artworkOf: list(201) } },
      'bad-params',
    ],
    [
      '10 million ids',
      { ...good, type: 'cache/keep', params: { artworkOf: list(1e7) } },
      'bad-params',
    ],
    ['parameters nested 2,000 deep', { ...start, params: { episodeId: deep } }, 'bad-params'],
    [
      'parameters of a stream',
      { ...good, kind: 'stream', type: 'downloads/progress', params: [] },
      'bad-params',
    ],
  ])('%s', async (_name, data, code) => {
    const worker = aWorker();
    const message = send(worker, { data });
    await message.receive();
    await message.allClosed();
    expect(message.told).toMatchObject([{ kind: 'error', code }]);
    expect(total(worker)).toBe(0);
    expect(worker.reports).toEqual([]);
  });
});

describe('what is ours passes', () => {
  it('a request from a page in scope', async () => {
    const worker = aWorker();
    const message = send(worker, { data: good });
    await message.receive();
    await message.allClosed();
    expect(message.told).toMatchObject([{ kind: 'result', result: { build: 'test' } }]);
  });

  it.each([0, 1])('SKIP_WAITING of workbox-window, with %d ports', async (ports) => {
    const worker = aWorker();
    await send(worker, { data: { type: 'SKIP_WAITING' }, ports }).receive();
    expect(worker.skips).toBe(1);
    expect(total(worker)).toBe(0);
  });
});

function text(value: unknown): string {
  return JSON.stringify(value);
}

function manyFields(): [string, number][] {
  return Array.from({ length: 100_000 }, (_, index) => [`field-${index}`, index]);
}
