import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type InspectorNews, inspectorLine, isInspectorNews } from '../core/contract/inspection.ts';
import { PROTOCOL } from '../core/contract/version.ts';
import type { TraceDraft } from '../core/messaging/tap.ts';
import type { WorkerContext } from './context.ts';
import { offerInspection } from './inspection.ts';
import { Device } from './testing/device.ts';

const line = inspectorLine(new URL('https://app.example/'));
const endings: (() => unknown)[] = [];

let device: Device;

beforeEach(async () => {
  device = await Device.create();
});

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
  expect(device.reports).toEqual([]);
});

/** An open Inspector: it holds the lock, and says that it listens if the worker was first. */
async function openInspector() {
  const channel = new BroadcastChannel(line);
  const news: InspectorNews[] = [];
  channel.onmessage = ({ data }) => {
    if (isInspectorNews(data)) news.push(data);
    else if (!('kind' in data) || data.kind === 'news') throw new Error('news out of the contract');
  };
  let release: () => void = () => undefined;
  let released: Promise<unknown> = Promise.resolve();
  await new Promise<void>((granted) => {
    released = navigator.locks.request(line, { mode: 'shared' }, () => {
      granted();
      return new Promise<void>((resolve) => {
        release = resolve;
      });
    });
  });
  const say = (message: unknown) => channel.postMessage(message);
  say({ protocol: PROTOCOL, kind: 'listening' });
  const vanish = async () => {
    release();
    await released;
  };
  const close = async () => {
    await vanish();
    say({ protocol: PROTOCOL, kind: 'closed' });
  };
  endings.push(async () => {
    await vanish();
    channel.close();
  });
  return {
    news,
    say,
    close,
    /** Its page crashes: nobody says anything. */
    vanish,
    names: () => news.flatMap(({ traces }) => traces.map(({ type }) => type)),
  };
}

function startWorker(): WorkerContext {
  const worker = device.startWorker();
  endings.push(offerInspection(worker));
  return worker;
}

/** The query of its start is answered, and nobody is there. */
async function atRest(worker: WorkerContext) {
  await vi.waitFor(() => expect(worker.tap.listener).toBeUndefined());
}

const draft = (type: string): TraceDraft => ({
  channel: 'request',
  from: 'page',
  to: 'worker',
  type,
  phase: 'only',
});

describe('a worker that nobody inspects', () => {
  it('records nothing, and makes nothing of what happens', async () => {
    const worker = startWorker();
    await atRest(worker);
    const make = vi.fn(() => draft('unseen'));
    worker.tap.record(make);
    await worker.tap.frame(make, Promise.resolve());
    expect(make).not.toHaveBeenCalled();
  });
});

describe('an Inspector that was there before the worker', () => {
  it('gets what the worker saw from its very start, and who it is', async () => {
    const inspector = await openInspector();
    const worker = startWorker();
    worker.dropped.count('ports');
    worker.tap.record(() => draft('at once'));
    await vi.waitFor(() => expect(inspector.names()).toEqual(['worker started', 'at once']));
    const [news] = inspector.news;
    expect(news).toMatchObject({ lifeId: worker.lifeId, build: 'test', leftOut: 0 });
    expect(news?.dropped).toMatchObject({ ports: 1 });
    expect(news?.traces[0]?.data).toContain(worker.lifeId);
  });

  it('goes on with the next life of the worker', async () => {
    const inspector = await openInspector();
    const first = startWorker();
    await vi.waitFor(() => expect(inspector.names()).toHaveLength(1));
    endings.pop()?.();
    const second = startWorker();
    second.tap.record(() => draft('again'));
    await vi.waitFor(() => expect(inspector.names().at(-1)).toBe('again'));
    const lives = new Set(inspector.news.map(({ lifeId }) => lifeId));
    expect([...lives]).toEqual([first.lifeId, second.lifeId]);
  });
});

describe('an Inspector that comes later', () => {
  it('is told at once which worker is there, and what happens from now on', async () => {
    const worker = startWorker();
    worker.tap.record(() => draft('before'));
    await atRest(worker);
    const inspector = await openInspector();
    await vi.waitFor(() => expect(inspector.news).toHaveLength(1));
    expect(inspector.news[0]).toMatchObject({ lifeId: worker.lifeId, traces: [] });
    worker.tap.record(() => draft('after'));
    worker.tap.record(() => draft('and after'));
    await vi.waitFor(() => expect(inspector.names()).toEqual(['after', 'and after']));
    expect(inspector.news, 'what comes together travels together').toHaveLength(2);
  });

  it('and closes leaves nothing behind', async () => {
    const worker = startWorker();
    const inspector = await openInspector();
    await vi.waitFor(() => expect(inspector.news).not.toEqual([]));
    await inspector.close();
    await atRest(worker);
  });

  it('and closes takes nothing from one that stays', async () => {
    const worker = startWorker();
    const leaves = await openInspector();
    const stays = await openInspector();
    await vi.waitFor(() => expect(stays.news).not.toEqual([]));
    await leaves.close();
    worker.tap.record(() => draft('still here'));
    await vi.waitFor(() => expect(stays.names()).toContain('still here'));
    await navigator.locks.query();
    expect(worker.tap.listener).toBeDefined();
  });

  it('and whose page crashes is missed soon', async () => {
    const worker = startWorker();
    const inspector = await openInspector();
    await vi.waitFor(() => expect(inspector.news).not.toEqual([]));
    await inspector.vanish();
    device.now += 5_001;
    worker.tap.record(() => draft('to nobody'));
    await atRest(worker);
  });
});

it('a flood is cut, and what is left out is counted', async () => {
  const inspector = await openInspector();
  const worker = startWorker();
  await vi.waitFor(() => expect(inspector.news).not.toEqual([]));
  for (let n = 0; n < 1_200; n += 1) worker.tap.record(() => draft('flood'));
  await vi.waitFor(() => expect(inspector.news.at(-1)).toMatchObject({ leftOut: 200 }));
  expect(inspector.news.at(-1)?.traces).toHaveLength(1_000);
});

it.each([
  ['nothing at all', undefined],
  ['another protocol', { protocol: PROTOCOL + 1, kind: 'listening' }],
  ['more than the contract has', { protocol: PROTOCOL, kind: 'listening', tab: 1 }],
])('a call with %s is not heard', async (_name, message) => {
  const worker = startWorker();
  await atRest(worker);
  const channel = new BroadcastChannel(line);
  endings.push(() => channel.close());
  const heard = new BroadcastChannel(line);
  endings.push(() => heard.close());
  const arrived = new Promise((resolve) => {
    heard.onmessage = resolve;
  });
  channel.postMessage(message);
  await arrived;
  expect(worker.tap.listener).toBeUndefined();
});
