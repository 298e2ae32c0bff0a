import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Device } from '../testing/device.ts';
import type { FakeRegistration } from '../testing/fake-background-fetch.ts';
import { attemptOf, downloadOf, expectTheEpisode } from '../testing/stored-episode.ts';
import { advance } from './advance.ts';

/*
 * A Background Fetch through the gateway, whose host gets another version meanwhile. Chromium shows no
 * record with a 412 for 100 s (see `relayPath`), so the gateway must say it otherwise.
 */

const url = 'https://podcast.example/episode.mp3';

let device: Device;

beforeEach(async () => {
  const episode = { relayTokens: [[url, 'token']] as [string, string][] };
  device = await Device.create({ sizeBytes: 600_000, background: true, episode });
  device.hasGateway = true;
  device.host.allowsReading = false;
  await device.request();
  // A look takes what is ready, and waits for nothing.
  vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => AbortSignal.abort());
});

afterEach(() => {
  expect(device.reports).toEqual([]);
  vi.restoreAllMocks();
});

async function start(): Promise<FakeRegistration> {
  vi.restoreAllMocks();
  await device.startBackgroundFetches();
  vi.spyOn(AbortSignal, 'timeout').mockImplementation(() => AbortSignal.abort());
  const registration = device.backgroundFetch?.started.at(-1);
  if (registration?.result !== '') throw new Error('nothing was started');
  return registration;
}

/** The host has another version from the second record on. */
async function change(registration: FakeRegistration, version: number): Promise<void> {
  await registration.deliver(1);
  device.host.change({ etag: `"${version}"` });
  await registration.deliver();
}

it('asks to be told so that the browser shows it at once', async () => {
  const { requests } = await start();
  const query = '?etag=%221%22&changed=204';
  expect(requests.map((request) => new URL(request.url).search)).toEqual([query, query, query]);
});

it('is begun anew at the next look, without any wait', async () => {
  const registration = await start();
  await change(registration, 2);
  const before = await attemptOf(device);
  await advance(device.worker);
  await device.backgroundFetch?.settled();
  expect(registration.failureReason).toBe('aborted');
  const row = await downloadOf(device);
  expect(row).toMatchObject({ state: { kind: 'queued' }, restarts: 1, retryAt: undefined });
  expect(row?.attemptId).not.toBe(before.id);
  const again = await start();
  await again.deliver();
  await again.end();
  await expectTheEpisode(device);
});

it('is begun anew by the settle event as well, where no page is open', async () => {
  const registration = await start();
  await change(registration, 2);
  await registration.end();
  expect(await downloadOf(device)).toMatchObject({ state: { kind: 'queued' }, restarts: 1 });
});

it('ends in one whole request after the second version', async () => {
  for (const version of [2, 3]) {
    await change(await start(), version);
    await advance(device.worker);
    await device.backgroundFetch?.settled();
  }
  const whole = await start();
  expect(whole.requests.map((request) => request.headers.get('range'))).toEqual([null]);
  await whole.deliver();
  await whole.end();
  await expectTheEpisode(device);
});

it('whose host has become too short is begun anew as well', async () => {
  const registration = await start();
  await registration.deliver(1);
  device.host.change({ sizeBytes: 300_000, etag: '"2"' });
  await registration.deliver();
  await advance(device.worker);
  expect(await downloadOf(device)).toMatchObject({ state: { kind: 'queued' }, restarts: 1 });
});
