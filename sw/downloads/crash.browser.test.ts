import { describe, expect, it } from 'vitest';
import { listAttempts } from '../../core/storage/attempts.ts';
import { listSegmentOwners } from '../../core/storage/segments.ts';
import { deleteDownload } from '../requests/download-delete.ts';
import { Device, episodeId } from '../testing/device.ts';
import { type Manner, MortalWorker } from '../testing/mortal-worker.ts';
import { brokenAfter, honestly } from '../testing/podcast-host.ts';
import { downloadOf, expectTheEpisode } from '../testing/stored-episode.ts';
import { advance } from './advance.ts';
import { reconcile } from './reconcile.ts';

/*
 * A crash simulator in small: the same download again and again, struck at its first operation of
 * storage or network, at its second, and so on until it is through. Each time a new worker goes on
 * with what is left, and the result must be the same (I12).
 */

const sizeBytes = 300_000;

interface Scenario {
  prepare(): Promise<Device>;
  /** What is going on when the worker is struck. */
  work(device: Device): Promise<unknown>;
  recover(device: Device): Promise<void>;
  expectTheEnd(device: Device): Promise<void>;
}

/** Runs a scenario once for every operation at which it can be struck; how many there were. */
async function strikeEverywhere(scenario: Scenario, manner: Manner): Promise<number> {
  for (let operation = 1; ; operation += 1) {
    const device = await scenario.prepare();
    const mortal = new MortalWorker(operation, manner);
    device.startWorker((context) => mortal.wrap(context));
    // A failed operation may fail the step, or not: the next one must come to the same end.
    const work = scenario.work(device).then(
      () => 'done',
      () => 'failed',
    );
    const end = await Promise.race([work, mortal.struck]);
    if (manner === 'throws') await work;
    if (end === 'done') return operation - 1;
    device.startWorker();
    try {
      await scenario.recover(device);
      await scenario.expectTheEnd(device);
    } catch (error) {
      const detail = JSON.stringify(await downloadOf(device));
      throw new Error(`${manner} at operation ${operation}, ${end}: ${detail}`, { cause: error });
    }
  }
}

async function expectTheEpisodeAlone(device: Device): Promise<void> {
  await expectTheEpisode(device);
  const db = await device.worker.database();
  const ids = (await listAttempts(db)).map(({ id }) => id);
  expect(ids).toHaveLength(1);
  expect(await listSegmentOwners(db)).toEqual(ids);
}

/** What a page does when it opens. */
async function openPage(device: Device): Promise<void> {
  await reconcile(device.worker);
  await device.advanceUntilIdle();
}

const foreground: Scenario = {
  async prepare() {
    const device = await Device.create({ sizeBytes });
    device.host.next(honestly, brokenAfter(100_000));
    await device.request();
    return device;
  },
  work: (device) => device.advanceUntilIdle(),
  recover: openPage,
  expectTheEnd: expectTheEpisodeAlone,
};

const whole: Scenario = {
  ...foreground,
  async prepare() {
    const device = await Device.create({ sizeBytes });
    device.host.answersRanges = false;
    await device.request();
    return device;
  },
};

const changing: Scenario = {
  ...foreground,
  async prepare() {
    const device = await Device.create({ sizeBytes });
    device.host.next(honestly, honestly, brokenAfter(0));
    await device.request();
    await advance(device.worker);
    device.now += 10_000;
    device.host.change();
    return device;
  },
};

const settling: Scenario = {
  async prepare() {
    const device = await Device.create({ sizeBytes, background: true });
    await device.request();
    await device.startBackgroundFetches();
    await device.backgroundFetch?.started[0]?.deliver();
    return device;
  },
  work: async (device) => device.backgroundFetch?.started[0]?.end(),
  // The event is not delivered again, and its records are gone.
  async recover(device) {
    await reconcile(device.worker);
    for (let turn = 0; turn < 3; turn += 1) {
      await advance(device.worker);
      device.now += 10_000;
      await device.startBackgroundFetches();
      const running = await device.backgroundFetch?.get(
        (await device.backgroundFetch.getIds())[0] ?? '',
      );
      await running?.deliver();
      await running?.end();
    }
  },
  expectTheEnd: expectTheEpisodeAlone,
};

const deleting: Scenario = {
  async prepare() {
    const device = await foreground.prepare();
    await device.advanceUntilIdle();
    return device;
  },
  work: (device) => device.command(deleteDownload, { episodeId }),
  recover: openPage,
  async expectTheEnd(device) {
    const row = await downloadOf(device);
    // Struck before the wish was a row, the user never heard that it was done.
    if (row?.state.kind === 'committed') return expectTheEpisodeAlone(device);
    expect(row).toBeUndefined();
    const db = await device.worker.database();
    expect(await listAttempts(db)).toEqual([]);
    expect(await listSegmentOwners(db)).toEqual([]);
  },
};

describe('the same end comes of being struck anywhere in', () => {
  it.each<[string, Scenario, Manner[]]>([
    ['a download in the foreground', foreground, ['dies', 'throws']],
    ['a whole request', whole, ['dies']],
    ['a change of the host’s bytes', changing, ['dies']],
    ['the settle event of a Background Fetch', settling, ['dies', 'throws']],
    ['a delete', deleting, ['dies', 'throws']],
  ])(
    '%s',
    async (_name, scenario, manners) => {
      for (const manner of manners) {
        const operations = await strikeEverywhere(scenario, manner);
        expect(operations).toBeGreaterThan(10);
      }
    },
    240_000,
  );
});
