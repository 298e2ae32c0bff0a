import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Trace } from '../../core/contract/trace.ts';
import type { PodcastId } from '../../core/model/ids.ts';
import type { OutboxEntry } from '../../core/model/outbox.ts';
import type { Database } from '../../core/storage/database.ts';
import { listOutbox } from '../../core/storage/outbox.ts';
import { getPodcast, listPodcasts } from '../../core/storage/podcasts.ts';
import { discardOutboxEntry } from '../requests/outbox-discard.ts';
import { retryOutboxEntry } from '../requests/outbox-retry.ts';
import { refreshPodcast } from '../requests/podcast-refresh.ts';
import { subscribeToPodcast } from '../requests/podcast-subscribe.ts';
import { unsubscribeFromPodcast } from '../requests/podcast-unsubscribe.ts';
import { Device } from '../testing/device.ts';
import { FeedGateway } from '../testing/feed-gateway.ts';
import { type Manner, MortalWorker } from '../testing/mortal-worker.ts';
import { wakeOutbox, wakeOutboxBy } from './wake.ts';

const ADDRESS = 'https://new.example/feed.xml';
const there = 'podcast' as PodcastId;

let device: Device;
let gateway: FeedGateway;
let db: Database;

beforeEach(async () => {
  device = await Device.create();
  gateway = new FeedGateway(device);
  device.startWorker(() => gateway.context);
  device.isOnline = false;
  db = await device.worker.database();
});

afterEach(() => expect(device.reports).toEqual([]));

const deliver = async () => {
  const { left } = await wakeOutbox(device.worker, device.now + 20_000);
  return left > 0 ? 'left' : 'done';
};
const outbox = () => listOutbox(db);

async function subscribe(address = ADDRESS): Promise<PodcastId> {
  const outcome = await device.command(subscribeToPodcast, { address });
  if (!outcome.ok) throw new Error(outcome.failure.code);
  return outcome.value;
}

async function theEntry(): Promise<OutboxEntry> {
  const [entry] = await outbox();
  if (!entry) throw new Error('the outbox is empty');
  return entry;
}

describe('without a network', () => {
  it('a subscription is there at once, waits, and fills itself', async () => {
    const id = await subscribe();
    expect(await getPodcast(db, id)).toMatchObject({ title: 'new.example', refreshedAt: 0 });
    expect(device.wishesToBeWoken).toBe(1);
    expect(await deliver()).toBe('left');
    device.isOnline = true;
    expect(await deliver()).toBe('done');
    expect(await getPodcast(db, id)).toMatchObject({ title: 'A feed', refreshedAt: device.now });
    expect(await outbox()).toEqual([]);
  });

  it('the same address twice is one podcast and one delivery', async () => {
    expect(await subscribe()).toBe(await subscribe());
    expect(await outbox()).toHaveLength(1);
    device.isOnline = true;
    await Promise.all([deliver(), deliver()]);
    expect(gateway.keys).toHaveLength(1);
  });

  it('a refresh is accepted once, however often it is asked for', async () => {
    const asked = () => device.command(refreshPodcast, { podcastId: there });
    expect(await asked()).toEqual({ ok: true, value: { changed: false, waits: true } });
    await asked();
    expect(await outbox()).toHaveLength(1);
    device.isOnline = true;
    await deliver();
    expect((await getPodcast(db, there))?.title).toBe('A feed');
  });

  it('what was unsubscribed again is not sent, and does not come back', async () => {
    const podcastId = await subscribe();
    await device.command(unsubscribeFromPodcast, { podcastId });
    device.isOnline = true;
    expect(await deliver()).toBe('done');
    expect(gateway.keys).toEqual([]);
    expect(await getPodcast(db, podcastId)).toBeUndefined();
  });

  it('nor where it is unsubscribed while it is being sent', async () => {
    const podcastId = await subscribe();
    device.isOnline = true;
    gateway.beforeAnswer = () => device.command(unsubscribeFromPodcast, { podcastId });
    await deliver();
    expect(await getPodcast(db, podcastId)).toBeUndefined();
    expect(await outbox()).toEqual([]);
  });
});

describe('a delivery', () => {
  it('that fails for now goes on by itself, under the same key', async () => {
    await subscribe();
    device.isOnline = true;
    gateway.answers.push('cut', 503);
    expect(await deliver()).toBe('left');
    for (let wait = 0; wait < 2; wait += 1) {
      device.now += (await theEntry()).tries.retryAt ?? 0;
      await deliver();
    }
    expect(await outbox()).toEqual([]);
    expect(gateway.keys).toHaveLength(3);
    expect(new Set(gateway.keys).size).toBe(1);
    expect(gateway.applied.size).toBe(1);
  });

  it('that is refused stays, and the user tries it again or is rid of it', async () => {
    const id = await subscribe();
    device.isOnline = true;
    gateway.answers.push(
      { code: 'feed-not-found', status: 410 },
      { code: 'feed-denied', status: 401 },
    );
    expect(await deliver()).toBe('done');
    const { sequence } = await theEntry();
    expect(await theEntry()).toMatchObject({
      state: 'refused',
      failure: { code: 'feed-not-found' },
    });
    await deliver();
    expect(gateway.keys).toHaveLength(1);
    await device.command(retryOutboxEntry, { sequence });
    await deliver();
    expect(await theEntry()).toMatchObject({ state: 'refused', failure: { code: 'feed-denied' } });
    await device.command(discardOutboxEntry, { sequence });
    expect(await outbox()).toEqual([]);
    expect(await getPodcast(db, id)).toBeUndefined();
  });

  it('waits where a proxy says in its own words that the gateway is being started again', async () => {
    await subscribe();
    device.isOnline = true;
    const headers = { 'content-type': 'text/html', 'retry-after': '600' };
    gateway.answers.push(new Response('<h1>502 Bad Gateway</h1>', { status: 502, headers }));
    expect(await deliver()).toBe('left');
    const { state, failure, tries } = await theEntry();
    expect({ state, failure }).toEqual({
      state: 'waiting',
      failure: { code: 'gateway-unreachable' },
    });
    expect(tries.retryAt).toBeGreaterThanOrEqual(device.now + 600_000);
  });

  it('that was refused is tried anew when the user asks for the same again', async () => {
    await device.command(refreshPodcast, { podcastId: there });
    device.isOnline = true;
    gateway.answers.push({ code: 'feed-denied', status: 401 });
    await deliver();
    expect((await theEntry()).state).toBe('refused');
    device.isOnline = false;
    await device.command(refreshPodcast, { podcastId: there });
    expect((await theEntry()).state).toBe('waiting');
    device.isOnline = true;
    await deliver();
    expect(await outbox()).toEqual([]);
  });

  it('is asked without its key where the gateway has that for another request', async () => {
    await device.command(refreshPodcast, { podcastId: there });
    device.isOnline = true;
    // It was read since the first try, so the request has other validators.
    gateway.answers.push(422);
    expect(await deliver()).toBe('done');
    expect(await outbox()).toEqual([]);
    expect(gateway.keys).toEqual([expect.stringMatching(/./), '']);
  });

  it('is not asked of the user any more once a press has done it', async () => {
    await device.command(refreshPodcast, { podcastId: there });
    device.isOnline = true;
    gateway.answers.push({ code: 'feed-denied', status: 401 });
    await deliver();
    expect(await device.command(refreshPodcast, { podcastId: there })).toMatchObject({ ok: true });
    expect(await outbox()).toEqual([]);
  });

  it('is left to whoever delivers it, where a press is answered in the middle of that', async () => {
    await device.command(refreshPodcast, { podcastId: there });
    device.isOnline = true;
    let left: OutboxEntry[] = [];
    gateway.beforeAnswer = async () => {
      gateway.beforeAnswer = undefined;
      await device.command(refreshPodcast, { podcastId: there });
      left = await outbox();
    };
    await deliver();
    expect(left).toHaveLength(1);
    expect(await outbox()).toEqual([]);
  });

  it('does not take away what was read before, where a refresh of it is discarded', async () => {
    await device.command(refreshPodcast, { podcastId: there });
    const { sequence } = await theEntry();
    await device.command(discardOutboxEntry, { sequence });
    expect(await getPodcast(db, there)).toBeDefined();
  });

  it('of an address that has moved to a podcast which is here leaves one of them', async () => {
    const podcast = await getPodcast(db, there);
    await subscribe();
    device.isOnline = true;
    gateway.movedTo = podcast?.feedUrl;
    await deliver();
    expect((await listPodcasts(db)).map(({ id }) => id)).toEqual([there]);
    expect(await outbox()).toEqual([]);
  });

  it('keeps others going while one hangs', async () => {
    await subscribe('https://hangs.example/feed.xml');
    for (let index = 0; index < 5; index += 1) await subscribe(`https://${index}.example/`);
    device.isOnline = true;
    let release = () => {};
    gateway.hold = ({ url }) =>
      url.includes('hangs') ? new Promise<void>((resolve) => (release = resolve)) : undefined;
    const run = deliver();
    await expect.poll(async () => (await outbox()).length).toBe(1);
    release();
    expect(await run).toBe('done');
  });
});

describe('a look at the outbox', () => {
  it('says what was sent, what was refused and what is left', async () => {
    for (const name of ['one', 'two', 'three']) await subscribe(`https://${name}.example/`);
    device.isOnline = true;
    gateway.answers.push({ code: 'feed-not-found', status: 410 }, 503);
    const until = device.now + 20_000;
    expect(await wakeOutbox(device.worker, until)).toEqual({ sent: 1, refused: 1, left: 1 });
  });

  it('is seen by an open Inspector alone, with why and what came of it', async () => {
    await subscribe();
    device.isOnline = true;
    const { tap } = device.worker;
    const until = device.now + 20_000;
    const seen: Trace[] = [];
    tap.listener = (trace) => seen.push(trace);
    await wakeOutboxBy('online', device.worker, until);
    tap.listener = undefined;
    await wakeOutboxBy('live', device.worker, until);
    const wakeUps = seen.filter(({ channel }) => channel === 'wake-up');
    expect(wakeUps).toMatchObject([
      { type: 'online', phase: 'begin', from: 'page' },
      { type: 'online', phase: 'end', outcome: '1 sent' },
    ]);
    expect(wakeUps[0]?.exchangeId).toBe(wakeUps[1]?.exchangeId);
  });
});

describe('a worker that dies in the middle of it', () => {
  const manners: Manner[] = ['dies', 'throws'];

  it.each(manners)('at any operation (%s) delivers everything, applied once', async (manner) => {
    for (let fatalAt = 1; fatalAt < 60; fatalAt += 1) {
      device = await Device.create();
      gateway = new FeedGateway(device);
      db = await device.startWorker(() => gateway.context).database();
      device.isOnline = false;
      const ids = [await subscribe(), await subscribe('https://two.example/')];
      device.isOnline = true;
      const mortal = new MortalWorker(fatalAt, manner);
      const doomed = device.startWorker((context) => ({
        ...gateway.context,
        ...mortal.wrap({ ...context, ...gateway.context }),
      }));
      const run = wakeOutbox(doomed, device.now + 20_000).catch(() => undefined);
      await Promise.race([run, mortal.struck.then(() => new Promise((it) => setTimeout(it, 5)))]);
      device.reports.length = 0;
      device.startWorker(() => gateway.context);
      for (let turn = 0; turn < 5 && (await outbox()).length > 0; turn += 1) {
        await deliver();
        device.now += 3_600_000;
      }
      expect(await outbox(), `struck at ${fatalAt}`).toEqual([]);
      for (const id of ids) expect((await getPodcast(db, id))?.title).toBe('A feed');
      expect(gateway.applied.size).toBe(2);
    }
  });
});
