import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Trace } from '../../core/contract/trace.ts';
import { getPodcast } from '../../core/storage/podcasts.ts';
import { refreshPodcast } from '../requests/podcast-refresh.ts';
import { unsubscribeFromPodcast } from '../requests/podcast-unsubscribe.ts';
import { type Manner, MortalWorker } from '../testing/mortal-worker.ts';
import { begin, db, deliver, device, gateway, outbox, subscribe, there } from './testing/outbox.ts';
import { wakeOutbox, wakeOutboxBy } from './wake.ts';

beforeEach(begin);

afterEach(() => expect(device.reports).toEqual([]));

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
      await begin();
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
