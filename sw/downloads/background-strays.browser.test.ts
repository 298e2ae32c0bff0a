import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BackgroundFetchPlan } from '../../core/contract/requests.ts';
import { transition } from '../../core/storage/downloads.ts';
import { Device, episodeId } from '../testing/device.ts';
import { attemptOf, downloadOf } from '../testing/stored-episode.ts';
import { advance } from './advance.ts';
import { claimNext, noteLaunch } from './background-fetch.ts';
import { settleBackgroundFetch } from './background-settle.ts';
import { reconcile } from './reconcile.ts';

const LAUNCH_MS = 10_000;

let device: Device;
let plan: BackgroundFetchPlan;

beforeEach(async () => {
  device = await Device.create({ sizeBytes: 600_000, background: true });
  await device.request();
  const claimed = await claimNext(device.worker, 'page');
  if (!claimed) throw new Error('there is nothing to start');
  plan = claimed;
});

afterEach(() => {
  expect(device.reports).toEqual([]);
});

/** What the page does with the plan, up to the moment in which it may vanish. */
async function launch(): Promise<void> {
  const requests = plan.requests.map(({ url }) => new Request(url));
  await device.backgroundFetch?.fetch(plan.fetchId, requests);
}

function running(): Promise<string[] | undefined> {
  return Promise.resolve(device.backgroundFetch?.getIds());
}

describe('a download that is paused between the plan and its start', () => {
  beforeEach(async () => {
    await transition(await device.worker.database(), episodeId, { type: 'paused' });
    await launch();
  });

  it('is not fetched: the note of its start ends it', async () => {
    await noteLaunch(device.worker, plan.fetchId, null);
    await device.backgroundFetch?.settled();
    expect(await running()).toEqual([]);
    expect((await downloadOf(device))?.state).toEqual({ kind: 'paused', reason: 'user' });
  });

  it('is not fetched either when that note is lost: the next step ends it', async () => {
    await advance(device.worker);
    await device.backgroundFetch?.settled();
    expect(await running()).toEqual([]);
  });
});

describe('a started fetch whose note was lost', () => {
  it('is not started again, however late the next page comes', async () => {
    await launch();
    device.now += LAUNCH_MS + 1;
    expect(await claimNext(device.worker, 'later')).toBeNull();
    expect(await running()).toEqual([plan.fetchId]);
    expect((await attemptOf(device)).epoch).toBe(1);
  });
});

it("a fetch that an Inspector has started is nobody's stray, and its end changes nothing", async () => {
  await launch();
  await noteLaunch(device.worker, plan.fetchId, null);
  const fetchId = 'inspector:1';
  const requests = plan.requests.map(({ url }) => new Request(url));
  const fetching = await device.backgroundFetch?.fetch(fetchId, requests);
  await advance(device.worker);
  await reconcile(device.worker);
  expect(await running()).toContain(fetchId);

  const before = await attemptOf(device);
  if (!fetching) throw new Error('nothing was started');
  await settleBackgroundFetch(device.worker, fetching);
  expect(await attemptOf(device)).toEqual(before);
});
