import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { transition } from '../../core/storage/downloads.ts';
import { Device, episodeId } from '../testing/device.ts';
import { brokenAfter, status } from '../testing/podcast-host.ts';
import { downloadOf, expectTheEpisode } from '../testing/stored-episode.ts';
import { advance } from './advance.ts';

let device: Device;

beforeEach(async () => {
  device = await Device.create({ sizeBytes: 600_000 });
  await device.request();
});

afterEach(() => {
  expect(device.reports).toEqual([]);
});

describe('a host that says no', () => {
  const failures = [
    [401, 'enclosure-denied'],
    [403, 'enclosure-denied'],
    [404, 'enclosure-not-found'],
    [410, 'enclosure-not-found'],
    [400, 'enclosure-http-status'],
    [204, 'enclosure-http-status'],
    [304, 'enclosure-http-status'],
  ] as const;

  it.each(failures)('with %d from the start fails with its reason: %s', async (code, reason) => {
    device.host.usually = status(code);
    await device.advanceUntilIdle();
    const failure = { code: reason, status: code };
    expect((await downloadOf(device))?.state).toEqual({ kind: 'failed', failure });
    expect(device.broadcasts.map(({ type }) => type)).not.toContain('download/finished');
  });

  it.each(failures)('with %d in the middle keeps what was verified', async (code, reason) => {
    device.host.next(brokenAfter(5000), brokenAfter(200_000), status(code));
    await device.advanceUntilIdle();
    expect((await downloadOf(device))?.state).toMatchObject({ failure: { code: reason } });
    expect(device.broadcasts.at(-1)?.type).toBe('download/failed');
    await device.request();
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
    expect(device.host.bytesSent).toBeLessThan(600_000 + 70_000);
  });

  it.each([408, 425, 429, 500, 502, 503])(
    'for now, with %d, is asked again later',
    async (code) => {
      device.host.next(brokenAfter(5000), status(code));
      const { againInMs } = await advance(device.worker);
      const row = await downloadOf(device);
      expect(row).toMatchObject({ state: { kind: 'paused', reason: 'retry' }, retries: 1 });
      expect(row?.retryAt).toBe(device.now + (againInMs ?? 0));
      expect(againInMs).toBeGreaterThanOrEqual(1000);
      expect(device.host.requests).toHaveLength(2);
      await advance(device.worker);
      expect(device.host.requests, 'not before its time').toHaveLength(2);
      await device.advanceUntilIdle();
      await expectTheEpisode(device);
    },
  );
});

describe('the user', () => {
  it('may change their mind before anything has come', async () => {
    await transition(await device.worker.database(), episodeId, { type: 'paused' });
    await device.advanceUntilIdle();
    expect(device.host.requests).toEqual([]);
    expect((await downloadOf(device))?.state).toEqual({ kind: 'paused', reason: 'user' });
  });
});
