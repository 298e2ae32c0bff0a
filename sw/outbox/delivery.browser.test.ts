import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OutboxEntry } from '../../core/model/outbox.ts';
import { getPodcast, listPodcasts } from '../../core/storage/podcasts.ts';
import { discardOutboxEntry } from '../requests/outbox-discard.ts';
import { retryOutboxEntry } from '../requests/outbox-retry.ts';
import { refreshPodcast } from '../requests/podcast-refresh.ts';
import {
  begin,
  db,
  deliver,
  device,
  gateway,
  outbox,
  subscribe,
  theEntry,
  there,
} from './testing/outbox.ts';

beforeEach(begin);

afterEach(() => expect(device.reports).toEqual([]));

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
