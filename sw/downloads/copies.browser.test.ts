import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copiesOf } from '../../core/model/enclosure-copy.ts';
import type { Database } from '../../core/storage/database.ts';
import { listSegmentOwners } from '../../core/storage/segments.ts';
import { anAlternate } from '../../core/storage/testing/rows.ts';
import { deleteDownload } from '../requests/download-delete.ts';
import { pauseDownload } from '../requests/download-pause.ts';
import { resumeDownload } from '../requests/download-resume.ts';
import { startDownload } from '../requests/download-start.ts';
import { Device, episodeId } from '../testing/device.ts';
import { noise } from '../testing/noise.ts';
import { brokenAfter, honestly, ignoringRange, status } from '../testing/podcast-host.ts';
import { attemptOf, downloadOf, expectTheEpisode } from '../testing/stored-episode.ts';
import { advance } from './advance.ts';
import { answerMedia } from './serve-media.ts';

const url = 'https://podcast.example/episode.mp3';
const smallUrl = 'https://small.example/episode.opus';
const content = noise(400_000, 9);

let device: Device;
let db: Database;
let small: string;
let full: string;

beforeEach(async () => {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', content));
  const alternate = anAlternate({
    type: 'audio/opus',
    sizeBytes: content.length,
    integrity: `sha256-${btoa(String.fromCharCode(...digest))}`,
    sources: [{ url: smallUrl, type: 'audio/opus' }],
  });
  const episode = {
    enclosure: { url, type: 'audio/mpeg', sizeBytes: 900_000 },
    alternateEnclosures: [alternate],
    relayTokens: [[smallUrl, 'token']] as [string, string][],
  };
  device = await Device.create({ sizeBytes: 900_000, episode });
  db = await device.worker.database();
  [full = '', small = ''] = copiesOf(episode).map(({ id }) => id);
  const { content: large } = device.host;
  // One host with both: what it answers depends on what it is asked for.
  device.host.usually = (request, host) => {
    const isSmall = request.url === smallUrl || request.url.includes('/relay/');
    host.content = isSmall ? content : large;
    host.contentType = isSmall ? 'audio/ogg' : 'audio/mpeg';
    return honestly(request, host);
  };
});

afterEach(() => {
  expect(device.reports).toEqual([]);
});

const start = (copy?: string) => device.command(startDownload, { episodeId, copy });
const asked = () => new Set(device.host.requests.map((request) => request.url));

describe('a copy that was chosen', () => {
  it('comes here in place of the enclosure, checked and served as what it is', async () => {
    expect(await start(small)).toEqual({ ok: true, value: {} });
    await device.advanceUntilIdle();
    expect(asked()).toEqual(new Set([smallUrl]));
    await expectTheEpisode(device);
    expect(await attemptOf(device)).toMatchObject({ source: smallUrl, totalBytes: content.length });
    const response = await answerMedia(
      new Request(`https://app.example/media/${episodeId}`),
      episodeId,
      device.worker,
    );
    expect(response.headers.get('content-type')).toBe('audio/ogg');
    expect((await response.arrayBuffer()).byteLength).toBe(content.length);
  });

  it('is held against its own digest', async () => {
    content[1000] = (content[1000] ?? 0) ^ 1;
    await start(small);
    await device.advanceUntilIdle();
    content[1000] = (content[1000] ?? 0) ^ 1;
    expect((await downloadOf(device))?.state).toMatchObject({
      failure: { code: 'enclosure-integrity' },
    });
  });

  it('comes through the gateway where its host needs that', async () => {
    device.hasGateway = true;
    device.host.allowsReading = false;
    await start(small);
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
    expect((await attemptOf(device)).route).toBe('gateway');
  });

  it('is proven by its own length where its host tells none', async () => {
    device.host.tellsLength = false;
    const { usually } = device.host;
    device.host.usually = (request, host) => {
      usually(request, host);
      return ignoringRange(request, host);
    };
    await start(small);
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
    // The probe, and one whole answer: the feed's length of this copy is the proof.
    const bodies = device.host.requests.filter(({ range }) => range === null);
    expect(bodies).toHaveLength(1);
  });

  it('is remembered through pause, resume, failure and a new life of the worker', async () => {
    await start(small);
    device.host.next(device.host.usually, brokenAfter(0));
    await advance(device.worker);
    await device.command(pauseDownload, { episodeId });
    device.startWorker();
    await device.command(resumeDownload, { episodeId });
    device.host.next(status(404));
    await device.advanceUntilIdle();
    expect((await downloadOf(device))?.state.kind).toBe('failed');
    await start();
    await device.advanceUntilIdle();
    expect(asked()).toEqual(new Set([smallUrl]));
  });

  it('gives way to another, and leaves nothing of itself', async () => {
    await start(small);
    device.host.next(device.host.usually, status(404));
    await device.advanceUntilIdle();
    expect((await downloadOf(device))?.state.kind).toBe('failed');
    await start(full);
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
    expect((await attemptOf(device)).totalBytes).toBe(900_000);
    expect(await listSegmentOwners(db)).toEqual([(await attemptOf(device)).id]);
  });

  it('is forgotten with the download', async () => {
    await start(small);
    await device.advanceUntilIdle();
    await device.command(deleteDownload, { episodeId });
    await start();
    await device.advanceUntilIdle();
    expect((await attemptOf(device)).totalBytes).toBe(900_000);
  });

  it('is what a download becomes that was asked for while the old one went', async () => {
    await start();
    await device.advanceUntilIdle();
    await db.put('downloads', {
      ...((await downloadOf(device)) ?? expect.fail()),
      state: { kind: 'deleting', again: false },
    });
    await start(small);
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
    expect((await attemptOf(device)).totalBytes).toBe(content.length);
  });

  it('is the enclosure again where the feed names it no more', async () => {
    await start(small);
    const episode = await db.get('episodes', episodeId);
    if (episode) await db.put('episodes', { ...episode, alternateEnclosures: [] });
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
    expect(asked()).toEqual(new Set([url]));
  });

  it.each(['nothing', '0'])('cannot be one that the feed does not name: %s', async (copy) => {
    expect(await start(copy)).toEqual({ ok: false, failure: { code: 'enclosure-missing' } });
    expect(await downloadOf(device)).toBeUndefined();
  });
});
