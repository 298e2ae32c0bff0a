import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Episode } from '../../core/model/episode.ts';
import type { EpisodeId } from '../../core/model/ids.ts';
import { listAttempts } from '../../core/storage/attempts.ts';
import { listDownloads } from '../../core/storage/downloads.ts';
import { aPodcast } from '../../core/storage/testing/rows.ts';
import { startDownload } from '../requests/download-start.ts';
import { Device, episodeId } from '../testing/device.ts';
import { changed, honestly, status } from '../testing/podcast-host.ts';
import { attemptOf, downloadOf, expectTheEpisode } from '../testing/stored-episode.ts';
import { advance } from './advance.ts';

/*
 * Where an episode comes from: its host, where that lets pages read; else the gateway, where there
 * is one; else from nowhere, and the row says so.
 */

const url = 'https://podcast.example/episode.mp3';

let device: Device;

async function given(episode: Partial<Episode> = {}, facts: Partial<Device> = {}): Promise<void> {
  device = await Device.create({ sizeBytes: 600_000, episode });
  Object.assign(device, facts);
}

beforeEach(() => given());

afterEach(() => {
  expect(device.reports).toEqual([]);
});

async function expectFailure(code: string): Promise<void> {
  const state = { kind: 'failed', failure: { code } };
  expect((await downloadOf(device))?.state).toMatchObject(state);
  expect(await listAttempts(await device.worker.database())).toEqual([]);
}

describe('a host that lets pages read', () => {
  it('is asked itself, with the gateway standing by', async () => {
    await given({ relayTokens: [[url, 'token']] }, { hasGateway: true });
    await device.request();
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
    expect(new Set(device.host.requests.map((request) => request.url))).toEqual(new Set([url]));
  });

  it('is asked by https where the feed says http', async () => {
    await given({ enclosure: { url: 'http://podcast.example/a', type: undefined, sizeBytes: 1 } });
    await device.request();
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
    expect(device.host.requests[0]?.url).toBe('https://podcast.example/a');
  });

  it('is not believed when the feed gives another length', async () => {
    await given({ enclosure: { url, type: 'audio/mpeg', sizeBytes: 123 } });
    await device.request();
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
  });
});

describe('a host that does not', () => {
  const tokens = { relayTokens: [[url, 'token']] as Episode['relayTokens'] };

  it('is reached through the gateway', async () => {
    await given(tokens, { hasGateway: true });
    device.host.allowsReading = false;
    await device.request();
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
    expect(await attemptOf(device)).toMatchObject({ route: 'gateway', url, validator: '"1"' });
    const [look, first] = device.host.requests.map((request) => request.url);
    expect(look).toBe('https://app.example/api/relay/fresh');
    expect(first).toBe('https://app.example/api/relay/fresh?etag=%221%22');
  });

  it('and has other bytes now is refused by the gateway, and fetched anew', async () => {
    await given(tokens, { hasGateway: true });
    device.host.allowsReading = false;
    device.host.next(honestly, honestly, changed({ etag: '"2"' }));
    await device.request();
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
    expect((await downloadOf(device))?.restarts).toBe(1);
  });

  it('without a gateway can only be streamed, and the row says so', async () => {
    await given({}, { hasGateway: true });
    device.host.allowsReading = false;
    await device.request();
    await device.advanceUntilIdle();
    await expectFailure('play-only');
  });

  it('whose gateway has gone waits for it, and fails for that in the end', async () => {
    await given(tokens, { hasGateway: false });
    device.host.allowsReading = false;
    await device.request();
    await device.advanceUntilIdle();
    await expectFailure('gateway-unreachable');
  });

  it('is asked again later while the gateway is down', async () => {
    await given(tokens, { hasGateway: true, gatewayIsDown: true });
    device.host.allowsReading = false;
    await device.request();
    await advance(device.worker);
    expect((await downloadOf(device))?.state.kind).toBe('paused');
  });

  it('and gives no audio through the gateway fails for that', async () => {
    await given(tokens, { hasGateway: true });
    device.host.allowsReading = false;
    device.host.next(status(415));
    await device.request();
    await device.advanceUntilIdle();
    await expectFailure('enclosure-not-audio');
  });
});

describe('a host that is not there', () => {
  it('is asked again later, for as long as there is hope', async () => {
    device.host.isThere = false;
    await device.request();
    await advance(device.worker);
    expect((await downloadOf(device))?.state).toEqual({ kind: 'paused', reason: 'retry' });
    device.host.isThere = true;
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
  });

  it('is given up in the end', async () => {
    device.host.isThere = false;
    await device.request();
    await device.advanceUntilIdle();
    await expectFailure('enclosure-unreachable');
  });
});

describe('the wish for an episode', () => {
  it('is a row before it is answered', async () => {
    expect(await device.command(startDownload, { episodeId })).toEqual({ ok: true, value: {} });
    expect((await downloadOf(device))?.state).toEqual({ kind: 'queued' });
    expect(device.host.requests).toEqual([]);
  });

  it('made by several pages at once is one download', async () => {
    await Promise.all([1, 2, 3].map(() => device.command(startDownload, { episodeId })));
    expect(await listDownloads(await device.worker.database())).toHaveLength(1);
    await device.advanceUntilIdle();
    await device.command(startDownload, { episodeId });
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
    expect(device.host.requests).toHaveLength(4);
  });

  it.each([
    ['that is not known', 'unknown' as EpisodeId],
    ['that has no audio', episodeId],
  ])('%s is refused, and leaves no row', async (_name, id) => {
    await given({ enclosure: undefined });
    const answer = await device.command(startDownload, { episodeId: id });
    expect(answer).toEqual({ ok: false, failure: { code: 'enclosure-missing' } });
    expect(await listDownloads(await device.worker.database())).toEqual([]);
  });

  it('whose podcast has gone meanwhile fails, and holds nobody up', async () => {
    await device.request();
    const db = await device.worker.database();
    await db.delete('podcasts', aPodcast().id);
    await db.delete('episodes', episodeId);
    await device.advanceUntilIdle();
    await expectFailure('enclosure-missing');
  });
});
