import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EpisodeId } from '../../core/model/ids.ts';
import { transition } from '../../core/storage/downloads.ts';
import { resumeDownload } from '../requests/download-resume.ts';
import { startDownload } from '../requests/download-start.ts';
import { Device, episodeId } from '../testing/device.ts';
import { type Answer, brokenAfter, honestly, loginPage, status } from '../testing/podcast-host.ts';
import { attemptOf, downloadOf, expectTheEpisode } from '../testing/stored-episode.ts';
import { advance } from './advance.ts';

const YEARS_MS = 10 * 365 * 24 * 3600_000;

let device: Device;

beforeEach(async () => {
  device = await Device.create({ sizeBytes: 600_000 });
  await device.request();
});

afterEach(() => {
  expect(device.reports).toEqual([]);
});

const waits = { state: { kind: 'paused', reason: 'retry' } };

describe('Retry-After', () => {
  const later = new Date(Date.UTC(2026, 10, 1) + 900_000).toUTCString();

  it.each<[string, Answer[], Record<string, string>, number]>([
    ['at the first look', [], { 'retry-after': '120' }, 120_000],
    ['in the middle', [honestly, brokenAfter(100_000)], { 'retry-after': '120' }, 120_000],
    ['as a date', [honestly], { 'retry-after': later }, 900_000],
    ['for years', [honestly], { 'retry-after': '999999999' }, 6 * 3600_000],
  ])('%s is waited for, and then it goes on', async (_name, before, headers, waitMs) => {
    device.host.next(...before, status(503, headers));
    // A connection that broke after bytes had come is no reason to wait.
    for (const _ of [...before, 'refusal']) await advance(device.worker);
    const row = await downloadOf(device);
    expect(row).toMatchObject(waits);
    const restMs = (row?.retryAt ?? 0) - device.now;
    expect(restMs).toBeGreaterThanOrEqual(waitMs);
    expect(restMs).toBeLessThan(waitMs + 5000);
    const asked = device.host.requests.length;
    device.now += restMs - 1;
    await advance(device.worker);
    expect(device.host.requests, 'not before its time').toHaveLength(asked);
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
  });

  it('of a host that gives everything at once is waited for as well', async () => {
    device.host.answersRanges = false;
    device.host.next(honestly, status(429, { 'retry-after': '60' }));
    const { againInMs } = await advance(device.worker);
    expect(againInMs).toBeGreaterThanOrEqual(60_000);
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
  });

  it('comes through the gateway', async () => {
    device = await Device.create({
      sizeBytes: 600_000,
      episode: { relayTokens: [['https://podcast.example/episode.mp3', 'stored']] },
    });
    await device.request();
    Object.assign(device, { hasGateway: true });
    device.host.allowsReading = false;
    device.host.next(status(503, { 'retry-after': '60' }));
    const { againInMs } = await advance(device.worker);
    expect(againInMs).toBeGreaterThanOrEqual(60_000);
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
  });
});

describe('the end of patience', () => {
  it('comes within a day, though bytes come in between, with the reason of the last failure', async () => {
    device.host.next(honestly);
    let asked = 0;
    // 8 KB now and then, of 600: it would go on for hundreds of tries.
    device.host.usually = (request, host) => {
      asked += 1;
      return asked % 4 === 0 ? brokenAfter(8192)(request, host) : status(503)(request, host);
    };
    await device.advanceUntilIdle();
    const failure = { code: 'enclosure-http-status', status: 503 };
    expect(await downloadOf(device)).toMatchObject({
      state: { kind: 'failed', failure },
      retries: 0,
      failuresAt: [],
    });
    expect(device.broadcasts.slice(-2).map(({ type }) => type)).toEqual([
      'downloads/changed',
      'download/failed',
    ]);
    expect(asked).toBe(41);
    expect((await attemptOf(device)).journal.length).toBeGreaterThan(5);
  });

  it('comes also where the worker starts anew each time', async () => {
    device.host.isThere = false;
    for (let turn = 0; turn < 30; turn += 1) {
      device.startWorker();
      const { againInMs } = await advance(device.worker);
      if (againInMs === null) break;
      device.now += againInMs;
    }
    const failure = { code: 'enclosure-unreachable' };
    expect((await downloadOf(device))?.state).toEqual({ kind: 'failed', failure });
  });

  it.each([
    ['Download', startDownload, true],
    ['Resume', resumeDownload, false],
  ])('is far again when somebody presses %s', async (_name, press, hasFailed) => {
    device.host.next(...Array(12).fill(status(503)));
    for (let turn = 0; turn < 12; turn += 1) {
      const { againInMs } = await advance(device.worker);
      device.now += againInMs ?? 0;
    }
    const db = await device.worker.database();
    const failure = { code: 'enclosure-http-status', status: 503 } as const;
    if (hasFailed) await transition(db, episodeId, { type: 'failed', failure });
    await device.command<{ episodeId: EpisodeId }, unknown>(press, { episodeId });
    expect(await downloadOf(device)).toMatchObject({
      state: { kind: 'queued' },
      retries: 0,
      failuresAt: [],
      retryAt: undefined,
    });
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
  });
});

describe('a page in place of the audio', () => {
  it('in the middle is a network that asks to sign in: it goes on afterwards', async () => {
    device.host.next(honestly, brokenAfter(200_000), loginPage, loginPage, loginPage);
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
  });

  it('for good ends with its reason, and keeps what was verified', async () => {
    device.host.next(honestly, brokenAfter(200_000));
    device.host.usually = loginPage;
    await device.advanceUntilIdle();
    const failure = { code: 'enclosure-not-audio' };
    expect((await downloadOf(device))?.state).toEqual({ kind: 'failed', failure });
    device.host.usually = honestly;
    await device.command(startDownload, { episodeId });
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
    expect(device.host.bytesSent).toBeLessThan(600_000 + 70_000);
  });
});

describe('a clock that jumps by ten years', () => {
  it.each([
    ['forward', YEARS_MS],
    ['back', -YEARS_MS],
  ])('%s during a wait: it goes on at once', async (_name, jumpMs) => {
    device.host.next(honestly, status(503, { 'retry-after': '3600' }));
    await advance(device.worker);
    expect(await downloadOf(device)).toMatchObject(waits);
    device.now += jumpMs;
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
  });

  it.each([
    ['forward', YEARS_MS],
    ['back', -YEARS_MS],
  ])('%s, again and again, is no way round the end', async (_name, jumpMs) => {
    device.host.isThere = false;
    for (let turn = 0; turn < 15; turn += 1) {
      await advance(device.worker);
      device.now += jumpMs;
    }
    expect(await downloadOf(device)).toMatchObject(waits);
    await advance(device.worker);
    expect((await downloadOf(device))?.state.kind).toBe('failed');
  });

  it.each([
    ['forward', YEARS_MS],
    ['back', -YEARS_MS],
  ])('%s changes nothing for what is downloaded', async (_name, jumpMs) => {
    await device.advanceUntilIdle();
    device.now += jumpMs;
    device.startWorker();
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
  });
});
