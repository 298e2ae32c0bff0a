import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EpisodeId, PodcastId } from '../../core/model/ids.ts';
import { listAttempts } from '../../core/storage/attempts.ts';
import { getDownload, listDownloads } from '../../core/storage/downloads.ts';
import { putFeed } from '../../core/storage/podcasts.ts';
import { anEpisode, aPodcast } from '../../core/storage/testing/rows.ts';
import { reorderDownload } from '../requests/download-move.ts';
import { Device } from '../testing/device.ts';
import { advance } from './advance.ts';
import { claimNext } from './background-fetch.ts';
import { change } from './carry-out.ts';

let device: Device;

beforeEach(async () => {
  device = await Device.create({ sizeBytes: 100_000 });
});

afterEach(() => {
  expect(device.reports).toEqual([]);
  vi.restoreAllMocks();
});

/** Subscribes to podcasts, and asks for episodes in that order. `a1`: of podcast a. */
async function wish(...names: string[]): Promise<void> {
  const db = await device.worker.database();
  for (const name of names) {
    const podcastId = name.slice(0, 1) as PodcastId;
    const url = `https://podcast.example/${name}.mp3`;
    const enclosure = { url, type: 'audio/mpeg', sizeBytes: undefined };
    const episode = anEpisode({ id: name as EpisodeId, podcastId, enclosure });
    await putFeed(db, aPodcast({ id: podcastId }), [episode]);
    await device.request(name as EpisodeId);
  }
}

/** In which order they had their turns. */
async function order(): Promise<string> {
  const rows = await listDownloads(await device.worker.database());
  return rows
    .toSorted((a, b) => (a.turn?.number ?? 0) - (b.turn?.number ?? 0))
    .map(({ episodeId }) => episodeId)
    .join(' ');
}

async function states(): Promise<Record<string, string>> {
  const rows = await listDownloads(await device.worker.database());
  return Object.fromEntries(rows.map(({ episodeId, state }) => [episodeId, state.kind]));
}

/** Keeps requests for some addresses open until it is told to let them through. */
function gate(address: RegExp): { waiting: () => number; open: () => void } {
  const { fetch } = device.worker;
  let waiting = 0;
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  device.startWorker(() => ({
    fetch: async (input, init) => {
      if (address.test(String(input))) {
        waiting += 1;
        await opened;
      }
      return fetch(input, init);
    },
  }));
  return { waiting: () => waiting, open };
}

/** Goes on until the condition holds, with what the worker does in between. */
async function until(condition: () => Promise<boolean>): Promise<void> {
  for (let look = 0; look < 2000; look += 1) if (await condition()) return;
  throw new Error('it did not come to that');
}

describe('the queue', () => {
  it('moves two episodes at a time, and no more', async () => {
    const { waiting, open } = gate(/./);
    await wish('a1', 'b1', 'c1', 'd1');
    const step = advance(device.worker);
    await until(async () => (await states()).b1 !== 'absent' && waiting() >= 2);
    for (let look = 0; look < 50; look += 1) await states();
    expect(waiting()).toBe(2);
    open();
    await step;
    expect(Object.values(await states())).toEqual(Array(4).fill('committed'));
  });

  it('is fair between podcasts, each in the order of the wishes', async () => {
    await wish('a1', 'a2', 'a3', 'a4', 'b1', 'b2', 'c1');
    await device.advanceUntilIdle();
    expect(await order()).toBe('a1 b1 c1 a2 b2 a3 a4');
  });

  it('remembers whose turn it is, whatever dies', async () => {
    await wish('a1', 'b1');
    await device.advanceUntilIdle();
    await wish('a2', 'b2', 'c1');
    device.startWorker();
    await device.advanceUntilIdle();
    expect(await order()).toBe('a1 b1 c1 a2 b2');
  });

  it('finishes what was begun before it begins anything else', async () => {
    const { fetch } = device.worker;
    const probed = new Set<string>();
    // This worker dies with both half here: only the probe of each is answered.
    device.startWorker(() => ({
      fetch: (input, init) => {
        const { url } = new Request(input, init);
        if (probed.has(url)) return new Promise(() => undefined);
        probed.add(url);
        return fetch(input, init);
      },
    }));
    await wish('a1', 'a2');
    void advance(device.worker);
    await until(async () => Object.values(await states()).every((state) => state === 'active'));
    await wish('b1');
    device.startWorker();
    device.host.requests.length = 0;
    await device.advanceUntilIdle();
    const last = device.host.requests.findIndex(({ url }) => url.includes('b1'));
    const before = device.host.requests.slice(0, last).map(({ url }) => url);
    expect(before.filter((url) => url.includes('a1'))).not.toEqual([]);
    expect(before.filter((url) => url.includes('a2'))).not.toEqual([]);
  });

  it('is not held up by silent hosts for longer than a step', async () => {
    const { waiting, open } = gate(/[ab]1/);
    await wish('a1', 'b1', 'c1');
    const stepUntil = async (condition: () => Promise<boolean>) => {
      const over = new AbortController();
      vi.spyOn(AbortSignal, 'timeout').mockReturnValueOnce(over.signal);
      const step = advance(device.worker);
      await until(condition);
      over.abort();
      await step;
    };
    await stepUntil(async () => (await states()).b1 !== 'absent' && waiting() === 2);
    await stepUntil(async () => (await states()).c1 === 'committed');
    expect(await states()).toEqual({ a1: 'queued', b1: 'queued', c1: 'committed' });
    expect(waiting(), 'each host is looked at once').toBe(2);
    open();
    await device.advanceUntilIdle();
    expect(Object.values(await states())).toEqual(Array(3).fill('committed'));
  });

  it('gives a free place to what is asked for in the middle of a step', async () => {
    const { waiting, open } = gate(/a1/);
    await wish('a1');
    const step = advance(device.worker);
    await until(async () => (await states()).a1 !== 'absent' && waiting() === 1);
    await wish('b1');
    await until(async () => (await states()).b1 === 'committed');
    expect((await states()).a1).toBe('queued');
    open();
    await step;
  });

  it('gives a free place to what is resumed in the middle of a step', async () => {
    const { waiting, open } = gate(/[ab]1/);
    const db = await device.worker.database();
    await wish('a1', 'b1', 'c1');
    await change(device.worker, 'c1' as EpisodeId, { type: 'paused' });
    const step = advance(device.worker);
    await until(async () => (await states()).b1 !== 'absent' && waiting() === 2);
    await change(device.worker, 'c1' as EpisodeId, { type: 'resumed' });
    for (let look = 0; look < 50; look += 1) await states();
    expect(
      (await getDownload(db, 'c1' as EpisodeId))?.turn,
      'both places are taken',
    ).toBeUndefined();
    open();
    await step;
    expect((await states()).c1).toBe('committed');
  });

  it('goes on beside a host that is silent', async () => {
    const { open } = gate(/a1/);
    await wish('a1', 'b1', 'c1', 'd1');
    const step = advance(device.worker);
    await until(async () => (await states()).d1 === 'committed');
    const done = { a1: 'queued', b1: 'committed', c1: 'committed', d1: 'committed' };
    expect(await states()).toEqual(done);
    open();
    await step;
    expect(await states()).toEqual({ ...done, a1: 'committed' });
  });
});

describe('the queue under Background Fetch', () => {
  beforeEach(async () => {
    device = await Device.create({ sizeBytes: 100_000, background: true });
  });

  /** Starts what the browser takes, and lets it come; in the order in which it was started. */
  async function startAndEnd(): Promise<string> {
    const plans = await device.startBackgroundFetches();
    const attempts = await listAttempts(await device.worker.database());
    const names = plans.map(({ fetchId }) => {
      const attempt = attempts.find(({ id }) => fetchId.startsWith(`${id}:`));
      return attempt?.episodeId;
    });
    for (const { fetchId } of plans) {
      const registration = await device.backgroundFetch?.get(fetchId);
      await registration?.deliver();
      await registration?.end();
    }
    return names.join(' ');
  }

  it('is as fair between podcasts, also for its few places', async () => {
    await wish('a1', 'a2', 'a3', 'a4', 'a5', 'b1', 'b2', 'c1');
    expect(await startAndEnd()).toBe('a1 b1 c1 a2');
    expect(await startAndEnd()).toBe('b2 a3 a4 a5');
  });

  it('knows the turns that the other engine gave, and gives them to it', async () => {
    await wish('a1', 'b1');
    await advance(device.worker, { alone: true });
    await wish('a2', 'b2', 'c1');
    device.startWorker();
    expect(await startAndEnd()).toBe('c1 a2 b2');
    await wish('a3', 'b3', 'c2');
    await advance(device.worker, { alone: true });
    expect(await order()).toBe('a1 b1 c1 a2 b2 c2 a3 b3');
  });

  it('goes on with what was begun before anything else, and that costs no turn', async () => {
    await wish('a1', 'a2', 'b1');
    await claimNext(device.worker, 'page');
    // The page is gone before it could start it.
    device.now += 10_000;
    expect(await startAndEnd()).toBe('a1 b1 a2');
    expect(await order()).toBe('a1 b1 a2');
  });

  it('keeps to the order that the user has made', async () => {
    await wish('a1', 'b1', 'c1');
    const move = { episodeId: 'c1' as EpisodeId, before: 'a1' as EpisodeId };
    await device.command(reorderDownload, move);
    expect(await startAndEnd()).toBe('c1 a1 b1');
  });
});
