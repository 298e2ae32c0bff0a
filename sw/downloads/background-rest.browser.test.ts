import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Device } from '../testing/device.ts';
import type { FakeRegistration } from '../testing/fake-background-fetch.ts';
import { attemptOf, downloadOf, expectTheEpisode } from '../testing/stored-episode.ts';
import { advance } from './advance.ts';

/*
 * A page has crashed, and Chromium lets the Background Fetch rest: 600,000 bytes in three requests, of
 * which one has come.
 */

let device: Device;
let registration: FakeRegistration;

beforeEach(async () => {
  device = await Device.create({ sizeBytes: 600_000, background: true });
  await device.request();
});

afterEach(() => {
  expect(device.reports).toEqual([]);
  vi.restoreAllMocks();
});

/** It is started by `page`, and one record has come. */
async function start(): Promise<void> {
  await device.startBackgroundFetches();
  const [started] = device.backgroundFetch?.started ?? [];
  if (!started) throw new Error('nothing was started');
  registration = started;
  await registration.deliver(1);
  await look();
}

/** One step of the worker, which looks only at what is ready. */
async function look(): Promise<void> {
  vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => AbortSignal.abort());
  await advance(device.worker);
  vi.restoreAllMocks();
}

async function rest(ms: number): Promise<void> {
  device.now += ms;
  await look();
  await device.backgroundFetch?.settled();
}

describe('a page that crashed, while another was open', () => {
  it.each([
    ['which was open from the beginning', 'other'],
    ['which was opened later', 'other'],
    ['and the worker went with it', 'other'],
    ['which had started the fetch', 'page'],
  ])('holds nothing up: the other starts what is missing (%s)', async (when, survivor) => {
    device.pages = when.endsWith('later') ? ['page'] : ['page', 'other'];
    await start();
    device.pages = ['page', 'other'];
    await look();
    device.pages = [survivor];
    if (when.includes('worker')) {
      device.startWorker();
      await look();
    }
    await rest(4_001);
    expect(registration.failureReason).toBe('aborted');
    expect((await downloadOf(device))?.state).toEqual({ kind: 'active' });
    expect((await attemptOf(device)).lease).toBeUndefined();
    await device.startBackgroundFetches();
    const again = device.backgroundFetch?.started[1];
    expect(again?.requests).toHaveLength(2);
    await again?.deliver();
    await again?.end();
    await expectTheEpisode(device);
  });

  it('is none of our business while bytes come', async () => {
    device.pages = ['page', 'other'];
    await start();
    device.pages = ['other'];
    await rest(3_000);
    await registration.deliver(1);
    await rest(3_000);
    expect(registration.result).toBe('');
  });
});

describe('a page that crashed alone', () => {
  beforeEach(async () => {
    device.pages = ['page'];
    await start();
    device.pages = ['new'];
  });

  it('holds nothing up: one that is opened in the same browser starts what is missing', async () => {
    device.startWorker();
    await look();
    await rest(4_000);
    expect(registration.result).toBe('');
    await rest(1);
    expect(registration.failureReason).toBe('aborted');
    await device.startBackgroundFetches();
    const again = device.backgroundFetch?.started[1];
    expect(again?.requests).toHaveLength(2);
    await again?.deliver();
    await again?.end();
    await expectTheEpisode(device);
  });

  it('leaves its fetch in peace until a page is there that could start it anew', async () => {
    device.pages = [];
    await rest(30_000);
    expect(registration.result).toBe('');
  });

  it.each([
    ['another', 'other browser'],
    ['nobody knows which', undefined],
  ])('leaves its fetch in peace where the browser is %s', async (_name, life) => {
    device.browserLife = life;
    await rest(30_000);
    expect(registration.result).toBe('');
  });
});

describe('a fetch is left in peace', () => {
  it.each([
    ['while all pages are open', ['page', 'other', 'new']],
    ['when the whole browser was killed: no page is the same', ['new']],
  ])('%s', async (_name, pages) => {
    device.pages = ['page', 'other'];
    await start();
    device.pages = pages;
    if (!pages.includes('page')) device.browserLife = 'other browser';
    await rest(30_000);
    expect(registration.result).toBe('');
  });

  it('where the browser never says which life of it this is', async () => {
    device.browserLife = undefined;
    device.pages = ['page'];
    await start();
    device.pages = ['new'];
    await rest(30_000);
    expect(registration.result).toBe('');
  });

  it('while there is no network', async () => {
    device.pages = ['page', 'other'];
    await start();
    device.pages = ['other'];
    device.isOnline = false;
    await rest(30_000);
    expect(registration.result).toBe('');
  });
});
