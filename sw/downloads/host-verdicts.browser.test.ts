import { afterEach, describe, expect, it } from 'vitest';
import type { Episode } from '../../core/model/episode.ts';
import type { PodcastId } from '../../core/model/ids.ts';
import { listHosts, putHost } from '../../core/storage/hosts.ts';
import { deleteDownload } from '../requests/download-delete.ts';
import { startDownload } from '../requests/download-start.ts';
import { Device, episodeId } from '../testing/device.ts';
import { downloadOf, expectTheEpisode } from '../testing/stored-episode.ts';
import { judgeHost } from './judge-host.ts';

const url = 'https://podcast.example/episode.mp3';
const host = 'podcast.example';
const DAY_MS = 24 * 60 * 60_000;
const tokens = { relayTokens: [[url, 'token']] as Episode['relayTokens'] };

let device: Device;
/** What was asked of the host itself, also where it did not let itself be read. */
let direct: string[];

async function given(episode: Partial<Episode> = {}, facts: Partial<Device> = {}): Promise<void> {
  device = await Device.create({ sizeBytes: 300_000, episode });
  Object.assign(device, facts);
  direct = [];
  const { fetch } = device.worker;
  device.startWorker(() => ({
    fetch: (input, init) => {
      if (String(input).startsWith('https://podcast.')) direct.push(String(input));
      return fetch(input, init);
    },
  }));
}

afterEach(() => {
  expect(device.reports).toEqual([]);
});

const verdicts = async () => listHosts(await device.worker.database());

async function download(): Promise<void> {
  await device.command(startDownload, { episodeId });
  await device.advanceUntilIdle();
}

async function downloadAnew(): Promise<void> {
  await device.command(deleteDownload, { episodeId });
  await device.advanceUntilIdle();
  await download();
}

describe('what a host lets us do', () => {
  it('is remembered where pages may read it', async () => {
    await given();
    await download();
    expect(await verdicts()).toEqual([{ host, way: 'direct', judgedAt: device.now }]);
  });

  it('spares the look that can only fail, where a gateway is needed', async () => {
    await given(tokens, { hasGateway: true });
    device.host.allowsReading = false;
    await download();
    expect(await verdicts()).toMatchObject([{ host, way: 'gateway' }]);
    expect(direct).toEqual([url]);
    await downloadAnew();
    await expectTheEpisode(device);
    expect(direct).toEqual([url]);
  });

  it('is looked at again after a day, and not put off by being used', async () => {
    await given(tokens, { hasGateway: true });
    device.host.allowsReading = false;
    await download();
    device.now += DAY_MS - 1;
    await downloadAnew();
    expect(direct).toHaveLength(1);
    device.now += 1;
    device.host.allowsReading = true;
    await downloadAnew();
    await expectTheEpisode(device);
    expect(direct.length).toBeGreaterThan(1);
    expect(await verdicts()).toMatchObject([{ way: 'direct' }]);
  });

  it('is looked at again where the gateway has gone', async () => {
    await given(tokens, { hasGateway: true });
    device.host.allowsReading = false;
    await download();
    device.gatewayIsDown = true;
    device.host.allowsReading = true;
    await downloadAnew();
    await expectTheEpisode(device);
  });

  it('is not believed from the future', async () => {
    await given(tokens, { hasGateway: true });
    const judgedAt = device.now + 10 * 365 * DAY_MS;
    await putHost(await device.worker.database(), { host, way: 'gateway', judgedAt });
    await download();
    expect(direct.length).toBeGreaterThan(1);
  });

  it('is asked anew by each Download where it was only playing', async () => {
    await given();
    device.host.allowsReading = false;
    await download();
    expect((await downloadOf(device))?.state).toMatchObject({ failure: { code: 'play-only' } });
    expect(await verdicts()).toMatchObject([{ host, way: 'play-only' }]);
    device.host.allowsReading = true;
    await downloadAnew();
    await expectTheEpisode(device);
    expect(await verdicts()).toMatchObject([{ host, way: 'direct' }]);
  });

  it('is not judged by a connection that is missing', async () => {
    await given();
    device.host.isThere = false;
    await download();
    expect(await verdicts()).toEqual([]);
  });
});

describe('before anybody asks for an episode', () => {
  const judge = () => judgeHost(device.worker, 'podcast' as PodcastId);

  it('it is known that a host only lets itself be played', async () => {
    await given();
    device.host.allowsReading = false;
    await judge();
    expect(await verdicts()).toMatchObject([{ host, way: 'play-only' }]);
    direct.length = 0;
    await judge();
    expect(direct).toEqual([]);
    device.now += DAY_MS;
    await judge();
    expect(direct.length).toBeGreaterThan(0);
  });

  it.each([
    ['a gateway stands behind it', tokens, {}],
    ['there is no connection', {}, { isOnline: false }],
    ['only what was asked for may be fetched', {}, { sparesData: true }],
  ])('nothing is fetched where %s', async (_why, episode, facts) => {
    await given(episode, facts);
    await judge();
    expect(direct).toEqual([]);
    expect(await verdicts()).toEqual([]);
  });

  it('no more than the first bytes are fetched', async () => {
    await given();
    await judge();
    expect(device.host.bytesSent).toBeLessThan(100_000);
    expect(await downloadOf(device)).toBeUndefined();
  });
});
