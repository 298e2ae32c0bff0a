import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listPodcasts } from '../../core/storage/podcasts.ts';
import { clearImport } from '../requests/imports-change.ts';
import { fetchOpml } from '../requests/opml-fetch.ts';
import { unsubscribeFromPodcast } from '../requests/podcast-unsubscribe.ts';
import { MortalWorker } from '../testing/mortal-worker.ts';
import {
  advance,
  advanceUntilIdle,
  begin,
  counts,
  device,
  failure,
  feedUrl,
  gateway,
  kinds,
  listed,
  rows,
  startWorker,
  subscribed,
  take,
} from './testing/import.ts';

beforeEach(begin);
afterEach(() => expect(device.reports).toEqual([]));

describe('an import', () => {
  it('adds every podcast of the list, with its episodes', async () => {
    await take(listed(3));
    await advanceUntilIdle();
    expect((await subscribed()).sort()).toEqual([feedUrl(0), feedUrl(1), feedUrl(2)]);
    expect(await rows()).toMatchObject([
      { title: 'Number 0', state: { kind: 'added' } },
      { state: { kind: 'added' } },
      { state: { kind: 'added' } },
    ]);
    const told = device.broadcasts.map(({ type }) => type);
    expect(told).toContain('imports/changed');
    expect(told).toContain('podcasts/changed');
  });

  it('leaves alone what is there already', async () => {
    await take(listed(1));
    await advanceUntilIdle();
    await take(listed(1), { importId: 'list-2' });
    await advanceUntilIdle();
    expect(await kinds()).toEqual(['there']);
    expect(gateway.asked, 'not fetched again').toEqual([feedUrl(0)]);
  });

  it('takes nothing for an address that is none, whoever says it is one', async () => {
    await take([{ address: 'file:///etc/passwd', title: null, usable: true }]);
    await advanceUntilIdle();
    expect(await kinds()).toEqual(['failed']);
    expect(gateway.asked).toEqual([]);
  });

  it('says of each that was not added why', async () => {
    gateway.answers.set(feedUrl(1), () => failure('feed-not-a-feed'));
    gateway.answers.set(feedUrl(2), () => gateway.feedAt(feedUrl(2), feedUrl(0)));
    await take([...listed(3), { address: 'javascript:x()', title: 'Bad', usable: false }]);
    await advanceUntilIdle();
    const states = (await rows()).map(({ state }) => state);
    expect(states[1]).toEqual({ kind: 'failed', failure: { code: 'feed-not-a-feed' } });
    expect(states[3]).toEqual({ kind: 'failed', failure: { code: 'address-invalid' } });
    expect([states[0]?.kind, states[2]?.kind].sort(), 'one podcast at two addresses').toEqual([
      'added',
      'there',
    ]);
    expect(await subscribed()).toEqual([feedUrl(0)]);
  });

  it('of 1,000 feeds ends, a few at a time, and tells no more than it must', async () => {
    for (let index = 0; index < 1000; index += 10) {
      gateway.answers.set(feedUrl(index), () => failure('feed-timeout'));
    }
    await take(listed(500), { isLast: false });
    await take(listed(500, 500), { firstPosition: 500 });
    await advanceUntilIdle();
    expect(await counts()).toEqual({ waiting: 0, added: 900, there: 0, failed: 100, cancelled: 0 });
    expect(await subscribed()).toHaveLength(900);
    expect(gateway.asked).toHaveLength(1000);
    expect(gateway.mostAtOnce).toBeLessThanOrEqual(4);
    const told = device.broadcasts.filter(({ type }) => type === 'podcasts/changed');
    expect(told.length).toBeLessThanOrEqual(60);
  }, 120_000);

  it('asks the same as often as it is asked: once', async () => {
    await take(listed(2));
    await take(listed(2));
    await Promise.all([advance(), advance(), advance()]);
    await take(listed(2));
    await advanceUntilIdle();
    expect(gateway.asked.sort()).toEqual([feedUrl(0), feedUrl(1)]);
  });

  it('comes from an address as well, which is looked at again', async () => {
    const feeds = [
      { address: feedUrl(0), title: 'Zero', usable: true },
      { address: 'file:///etc/passwd', title: undefined, usable: true },
    ];
    gateway.list = { status: 'fetched', feeds };
    const asked = { importId: 'list-1', address: 'lists.example/mine.opml' };
    expect(await device.command(fetchOpml, asked)).toEqual({ ok: true, value: {} });
    await advanceUntilIdle();
    expect(await kinds()).toEqual(['added', 'failed']);
    expect(await device.command(fetchOpml, { ...asked, address: 'javascript:x' })).toMatchObject({
      failure: { code: 'address-invalid' },
    });
  });
});

it('a worker that dies at any moment leaves nothing half done, and the next one goes on', async () => {
  gateway.episodesPerFeed = 2;
  for (let at = 1; ; at += 1) {
    await device.command(clearImport, {});
    await take(listed(2), { importId: `list-${at}` });
    const mortal = new MortalWorker(at, 'dies');
    startWorker(mortal);
    const fate = await Promise.race([mortal.struck, advance().then(() => 'survived')]);
    startWorker();
    const db = await device.worker.database();
    const there = await subscribed();
    for (const { address, state } of await rows()) {
      expect(state.kind === 'added', `${fate} at ${at}`).toBe(there.includes(address));
    }
    await advanceUntilIdle();
    expect(await kinds(), `${fate} at ${at}`).toEqual(['added', 'added']);
    expect(await db.count('episodes')).toBe(1 + 4);
    for (const { id, feedUrl: url } of await listPodcasts(db)) {
      if (url.includes('feed-')) await device.command(unsubscribeFromPodcast, { podcastId: id });
    }
    if (fate === 'survived') break;
    expect(at).toBeLessThan(200);
  }
}, 120_000);
