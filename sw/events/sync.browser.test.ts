import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { transition } from '../../core/storage/downloads.ts';
import { listWakeUps, MAX_WAKE_UPS } from '../../core/storage/wake-ups.ts';
import { downloadRound } from '../downloads/round.ts';
import { Device, episodeId } from '../testing/device.ts';
import { honestly } from '../testing/podcast-host.ts';
import { attemptOf, downloadOf, expectTheEpisode } from '../testing/stored-episode.ts';
import { WAKE_UP_MS } from '../wake-ups.ts';
import { onSync, WorkLeftError } from './sync.ts';

let device: Device;

beforeEach(async () => {
  device = await Device.create({ sizeBytes: 600_000, background: true });
});

afterEach(() => expect(device.reports).toEqual([]));

function sync(tag = 'downloads', lastChance = false): Promise<void> {
  return onSync({ tag, lastChance } as SyncEvent, device.worker);
}

function openPage(): void {
  const clients = { matchAll: async () => [{ url: 'https://app.example/' }] };
  device.startWorker(() => ({ clients: clients as unknown as Clients }));
}

async function wakeUps() {
  return listWakeUps(await device.worker.database());
}

describe('a sync event', () => {
  it('brings what waits, with no page open that could start a Background Fetch', async () => {
    await device.request();
    await sync();
    await expectTheEpisode(device);
    expect(device.broadcasts).toContainEqual({ type: 'download/finished', episodeId });
    expect(await wakeUps()).toEqual([
      {
        at: device.now,
        by: 'sync',
        tag: 'downloads',
        lastChance: false,
        outcome: 'done',
        outbox: { sent: 0, refused: 0, left: 0 },
      },
    ]);
  });

  it('wakes what had no connection', async () => {
    device.isOnline = false;
    await device.request();
    await device.startBackgroundFetches();
    expect((await downloadOf(device))?.state).toEqual({ kind: 'paused', reason: 'network' });
    device.isOnline = true;
    await sync();
    await expectTheEpisode(device);
  });

  it('believes the event, where the worker does not know of the connection yet', async () => {
    await device.request();
    device.isOnline = false;
    const synced = sync();
    await expect.poll(wakeUps).toHaveLength(1);
    device.isOnline = true;
    await synced;
    await expectTheEpisode(device);
  });

  it('goes on from what an earlier one has stored', async () => {
    await device.request();
    device.host.next(honestly, (request, host) => {
      const segment = honestly(request, host);
      host.isThere = false;
      return segment;
    });
    await expect(sync()).rejects.toThrow(WorkLeftError);
    device.host.isThere = true;
    device.now += 5 * 60_000;
    await sync();
    await expectTheEpisode(device);
    const first = device.host.requests.filter(({ range }) => range === 'bytes=0-262143');
    expect(first).toHaveLength(1);
  });

  it('lets an open page go first, which can start a Background Fetch', async () => {
    await device.request();
    openPage();
    let turns = 0;
    const pageStarts = async () => {
      turns += 1;
      await device.startBackgroundFetches();
    };
    expect(await downloadRound(device.worker, device.now + WAKE_UP_MS, pageStarts)).toBe('done');
    expect(turns).toBe(1);
    expect((await attemptOf(device)).lease?.engine).toBe('background-fetch');
  });

  it('goes on by itself where the page that is open does not stir', async () => {
    await device.request();
    openPage();
    const frozen = async () => undefined;
    expect(await downloadRound(device.worker, device.now + WAKE_UP_MS, frozen)).toBe('done');
    await expectTheEpisode(device);
  });

  it('leaves alone what a Background Fetch is bringing', async () => {
    await device.request();
    await device.startBackgroundFetches();
    await sync();
    expect((await attemptOf(device)).lease?.engine).toBe('background-fetch');
    expect(await wakeUps()).toMatchObject([{ outcome: 'done' }]);
  });

  it('leaves alone what the user has paused', async () => {
    await device.request();
    await transition(await device.worker.database(), episodeId, { type: 'paused' });
    await sync();
    expect(device.host.requests).toEqual([]);
  });
});

describe('while work is left', () => {
  beforeEach(async () => {
    await device.request();
    device.host.isThere = false;
  });

  it('rejects, so that the browser calls again', async () => {
    await expect(sync()).rejects.toThrow(WorkLeftError);
    expect((await downloadOf(device))?.state).toEqual({ kind: 'paused', reason: 'retry' });
    expect(await wakeUps()).toMatchObject([{ outcome: 'left', lastChance: false }]);
  });

  it('does not reject when the browser will not call again', async () => {
    await sync('downloads', true);
    expect(await wakeUps()).toMatchObject([{ outcome: 'left', lastChance: true }]);
  });

  it('tries once a call, not for as long as it may', async () => {
    await expect(sync()).rejects.toThrow(WorkLeftError);
    const once = (await downloadOf(device))?.retries;
    expect(once).toBe(1);
    await expect(sync()).rejects.toThrow(WorkLeftError);
    expect((await downloadOf(device))?.retries, 'it is not yet time to try again').toBe(1);
  });

  it('without a connection tries nothing', async () => {
    device.isOnline = false;
    expect(await downloadRound(device.worker, device.now + WAKE_UP_MS)).toBe('left');
    expect(device.host.requests).toEqual([]);
  });
});

it('begins no step that could end after its time', async () => {
  await device.request();
  expect(await downloadRound(device.worker, device.now + 19_999)).toBe('left');
  expect(device.host.requests).toEqual([]);
  expect(await downloadRound(device.worker, device.now + 20_000)).toBe('done');
});

it('leaves a trace where the worker dies at it, and where it fails', async () => {
  await device.request();
  const died = device.startWorker(() => ({ fetch: () => new Promise(() => undefined) }));
  void onSync({ tag: 'downloads', lastChance: false } as SyncEvent, died);
  await expect.poll(wakeUps).toMatchObject([{ outcome: 'begun' }]);

  device.startWorker(({ database }) => {
    let calls = 0;
    return {
      database: () => {
        calls += 1;
        return calls === 2 ? Promise.reject(new Error('the disk')) : database();
      },
    };
  });
  await expect(sync()).rejects.toThrow('the disk');
  expect(await wakeUps()).toMatchObject([{ outcome: 'failed' }, { outcome: 'begun' }]);
});

it('keeps the last fifty, newest first', async () => {
  for (let count = 0; count < MAX_WAKE_UPS + 3; count += 1) await sync(`tag-${count}`);
  const rows = await wakeUps();
  expect(rows).toHaveLength(MAX_WAKE_UPS);
  expect(rows[0]?.tag).toBe(`tag-${MAX_WAKE_UPS + 2}`);
  expect(rows.at(-1)?.tag).toBe('tag-3');
});
