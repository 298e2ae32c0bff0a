import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deleteDownload } from '../requests/download-delete.ts';
import { pauseDownload } from '../requests/download-pause.ts';
import { resumeDownload } from '../requests/download-resume.ts';
import { startDownload } from '../requests/download-start.ts';
import { Device, episodeId } from '../testing/device.ts';
import { brokenAfter, honestly } from '../testing/podcast-host.ts';
import { attemptOf, downloadOf, expectTheEpisode } from '../testing/stored-episode.ts';
import { advance } from './advance.ts';
import { listClaimable } from './background-fetch.ts';
import { downloadRound } from './round.ts';

const mobile = { unmeteredOnly: true, connection: { type: 'cellular' } };
const home = { unmeteredOnly: true, connection: { type: 'wifi' } };

let device: Device;

afterEach(() => {
  expect(device.reports).toEqual([]);
});

const heldBack = { state: { kind: 'paused', reason: 'unmetered' } };

describe('only on unmetered networks', () => {
  beforeEach(async () => {
    device = await Device.create({ sizeBytes: 600_000 });
    device.networkRules = mobile;
    await device.request();
  });

  it('waits on a mobile network, asks nobody, and goes on by itself on another', async () => {
    const { againInMs } = await advance(device.worker);
    expect(await downloadOf(device)).toMatchObject({ ...heldBack, retries: 0 });
    expect(againInMs).toBe(60_000);
    expect(device.host.requests).toEqual([]);
    device.networkRules = home;
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
  });

  it('goes on without a page, when the browser wakes the worker on another network', async () => {
    await advance(device.worker);
    const until = () => device.now + 60_000;
    expect(await downloadRound(device.worker, until())).toBe('left');
    expect(await downloadOf(device)).toMatchObject(heldBack);
    device.networkRules = home;
    expect(await downloadRound(device.worker, until())).toBe('done');
    await expectTheEpisode(device);
  });

  it('goes on when the user no longer wants that', async () => {
    await advance(device.worker);
    device.networkRules = { ...mobile, unmeteredOnly: false };
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
  });

  it('stops in the middle, keeps what has come, and needs the rest alone', async () => {
    device.networkRules = home;
    device.host.next(honestly, brokenAfter(100_000));
    await advance(device.worker);
    device.networkRules = mobile;
    device.now += 1000;
    await advance(device.worker);
    expect(await downloadOf(device)).toMatchObject(heldBack);
    expect((await attemptOf(device)).journal.length).toBeGreaterThan(0);
    const asked = device.host.requests.length;
    await advance(device.worker);
    expect(device.host.requests).toHaveLength(asked);
    device.networkRules = home;
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
    expect(device.host.bytesSent).toBeLessThan(600_000 + 70_000);
  });

  it('leaves to the user what the user paused', async () => {
    await device.command(pauseDownload, { episodeId });
    await advance(device.worker);
    device.networkRules = home;
    await advance(device.worker);
    expect((await downloadOf(device))?.state).toEqual({ kind: 'paused', reason: 'user' });
  });

  it('Resume is for now anyway, through every failure and every life of the worker', async () => {
    await advance(device.worker);
    await device.command(resumeDownload, { episodeId });
    expect(await downloadOf(device)).toMatchObject({ state: { kind: 'queued' }, anyway: true });
    device.host.next(honestly, brokenAfter(200_000), brokenAfter(0));
    await advance(device.worker);
    device.startWorker();
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
    expect((await downloadOf(device))?.anyway).toBe(false);
  });

  it('is once: the next download of the same episode waits again', async () => {
    await advance(device.worker);
    await device.command(resumeDownload, { episodeId });
    await device.command(deleteDownload, { episodeId });
    await device.command(startDownload, { episodeId });
    await advance(device.worker);
    expect(await downloadOf(device)).toMatchObject({ ...heldBack, anyway: false });
  });

  it('Resume of what the user paused allows nothing', async () => {
    await device.command(pauseDownload, { episodeId });
    await device.command(resumeDownload, { episodeId });
    await advance(device.worker);
    expect(await downloadOf(device)).toMatchObject({ ...heldBack, anyway: false });
  });
});

describe('under Background Fetch', () => {
  beforeEach(async () => {
    device = await Device.create({ sizeBytes: 600_000, background: true });
    await device.request();
  });

  it('nothing is given to a page to start on a mobile network', async () => {
    device.networkRules = mobile;
    expect((await listClaimable(device.worker)).waiting).toEqual([]);
    expect(await device.startBackgroundFetches()).toEqual([]);
    expect(await advance(device.worker)).toMatchObject({ claimable: false });
    device.networkRules = home;
    expect(await advance(device.worker)).toMatchObject({ claimable: true });
  });

  it('what is running ends, and what has come is kept', async () => {
    await device.startBackgroundFetches();
    const registration = device.backgroundFetch?.started[0];
    await registration?.deliver(1);
    device.networkRules = mobile;
    await advance(device.worker);
    await device.backgroundFetch?.settled();
    expect(registration?.result).toBe('failure');
    expect(await downloadOf(device)).toMatchObject(heldBack);
    expect((await attemptOf(device)).journal).toHaveLength(1);
    device.networkRules = home;
    await advance(device.worker);
    await device.startBackgroundFetches();
    const again = device.backgroundFetch?.started[1];
    expect(again?.requests).toHaveLength(2);
    await again?.deliver();
    await again?.end();
    await expectTheEpisode(device);
  });
});
