import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listAttempts } from '../../core/storage/attempts.ts';
import { listSegmentOwners } from '../../core/storage/segments.ts';
import { Device, episodeId } from '../testing/device.ts';
import {
  brokenAfter,
  changed,
  honestly,
  ignoringRange,
  loginPage,
  status,
  withHeaders,
} from '../testing/podcast-host.ts';
import { attemptOf, downloadOf, expectTheEpisode } from '../testing/stored-episode.ts';
import { advance } from './advance.ts';

/*
 * A host whose bytes are not the same from one request to the next: advertisements are spliced in,
 * caches disagree, portals step in between. Two versions must never be joined (I4).
 */

let device: Device;

beforeEach(async () => {
  device = await Device.create({ sizeBytes: 600_000 });
  await device.request();
});

afterEach(() => {
  expect(device.reports).toEqual([]);
});

/** The episode is here as the host has it last, and nothing else is stored. */
async function expectTheLatestVersion({ restarts }: { restarts: number }): Promise<void> {
  await expectTheEpisode(device);
  const row = await downloadOf(device);
  expect(row?.restarts).toBe(restarts);
  const db = await device.worker.database();
  expect((await listAttempts(db)).map(({ id }) => id)).toEqual([row?.attemptId]);
  expect(await listSegmentOwners(db)).toEqual([row?.attemptId]);
}

describe('other bytes under the same address', () => {
  it('are seen by another ETag, and fetched anew', async () => {
    device.host.exposesHeaders = true;
    device.host.next(honestly, honestly, changed({ etag: '"2"' }));
    await device.advanceUntilIdle();
    await expectTheLatestVersion({ restarts: 1 });
  });

  it('are seen by the overlap, where no ETag can be read', async () => {
    device.host.next(honestly, honestly, honestly, changed());
    await device.advanceUntilIdle();
    await expectTheLatestVersion({ restarts: 1 });
  });

  it('are seen between the first look and the first range', async () => {
    device.host.exposesHeaders = true;
    device.host.next(honestly, changed({ etag: '"2"' }));
    await device.advanceUntilIdle();
    await expectTheLatestVersion({ restarts: 1 });
  });

  it('are seen after a break, too', async () => {
    device.host.next(honestly, brokenAfter(100_000), changed());
    await device.advanceUntilIdle();
    await expectTheLatestVersion({ restarts: 1 });
  });

  it.each([500_000, 700_000])('are seen by another length: %d', async (sizeBytes) => {
    device.host.exposesHeaders = true;
    device.host.etag = undefined;
    device.host.next(honestly, honestly, changed({ sizeBytes }));
    await device.advanceUntilIdle();
    await expectTheLatestVersion({ restarts: 1 });
  });

  it('are seen by an answer that there is no such range any more', async () => {
    device.host.next(honestly, honestly, changed({ sizeBytes: 200_000 }));
    await device.advanceUntilIdle();
    await expectTheLatestVersion({ restarts: 1 });
  });

  it('leave nothing of the old version behind, not even for a moment that can be seen', async () => {
    device.host.next(honestly, honestly, changed({ etag: '"2"' }));
    device.host.exposesHeaders = true;
    await advance(device.worker);
    const db = await device.worker.database();
    expect(await listAttempts(db)).toEqual([]);
    expect(await listSegmentOwners(db)).toEqual([]);
    expect(await downloadOf(device)).toMatchObject({ state: { kind: 'queued' }, restarts: 1 });
  });

  it('each time anew are brought by one whole request, the third time', async () => {
    const everyTime = () => `"${device.host.requests.length}"`;
    device.host.exposesHeaders = true;
    device.host.usually = (request, host) => changed({ etag: everyTime() })(request, host);
    await device.advanceUntilIdle();
    await expectTheLatestVersion({ restarts: 2 });
    expect((await attemptOf(device)).shape).toBe('whole');
    expect(device.host.requests.at(-1)?.range).toBeNull();
  });

  it('each time anew are brought by one whole request through the gateway, too', async () => {
    device = await Device.create({
      sizeBytes: 600_000,
      episode: { relayTokens: [[url, 'token']] },
    });
    device.hasGateway = true;
    device.host.allowsReading = false;
    const everyTime = () => `"${device.host.requests.length}"`;
    device.host.usually = (request, host) => changed({ etag: everyTime() })(request, host);
    await device.request();
    await device.advanceUntilIdle();
    await expectTheLatestVersion({ restarts: 2 });
  });

  it('are seen where an earlier part told its ETag, and this one does not', async () => {
    const balanced = withHeaders({ etag: null });
    device.host.exposesHeaders = true;
    device.host.next(honestly, honestly, (request, host) => {
      host.change();
      return balanced(request, host);
    });
    device.host.usually = balanced;
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
  });
});

const url = 'https://podcast.example/episode.mp3';

describe('an answer that is not what was asked for', () => {
  it.each([
    ['an earlier part', 'bytes 0-262143/600000'],
    ['a shorter part', 'bytes 262144-300000/600000'],
    ['another total', 'bytes 262144-524287/600001'],
    ['a Content-Range without a unit', '0-1/1000'],
    ['a negative one', 'bytes -10-100'],
    ['a reversed one', 'bytes 7-4/10'],
    ['letters', 'bytes ABC-1/5'],
    ['a number', '80'],
  ])('because it is %s is not stored; the next time it may be', async (_name, contentRange) => {
    device.host.exposesHeaders = true;
    device.host.next(honestly, honestly, withHeaders({ 'content-range': contentRange }));
    await device.advanceUntilIdle();
    await expectTheLatestVersion({ restarts: 1 });
  });

  it('because it is encoded is not stored', async () => {
    device.host.exposesHeaders = true;
    device.host.next(honestly, honestly, withHeaders({ 'content-encoding': 'gzip' }));
    await device.advanceUntilIdle();
    await expectTheLatestVersion({ restarts: 1 });
  });

  it('because it is everything is not joined to what is there', async () => {
    device.host.next(honestly, honestly, ignoringRange);
    await device.advanceUntilIdle();
    await expectTheLatestVersion({ restarts: 1 });
  });

  it('because it is more than was asked for is not stored', async () => {
    device.host.next(honestly, honestly, (request, host) => {
      const { body, headers } = ignoringRange(request, host);
      return new Response(body, { status: 206, headers });
    });
    await device.advanceUntilIdle();
    await expectTheLatestVersion({ restarts: 1 });
  });

  it('time and again brings the episode by one whole request', async () => {
    device.host.exposesHeaders = true;
    device.host.usually = (request, host) =>
      request.headers.get('range') === 'bytes=0-'
        ? honestly(request, host)
        : withHeaders({ 'content-range': 'bytes 7-4/10' })(request, host);
    await device.advanceUntilIdle();
    await expectTheLatestVersion({ restarts: 2 });
  });
});

describe('a page in place of the audio', () => {
  it('at the first look is refused', async () => {
    device.host.next(loginPage);
    await device.advanceUntilIdle();
    const failure = { code: 'enclosure-not-audio' };
    expect((await downloadOf(device))?.state).toEqual({ kind: 'failed', failure });
    expect(await listAttempts(await device.worker.database())).toEqual([]);
  });

  it('that says that it is audio is refused by its first bytes', async () => {
    device.host.content.set(new TextEncoder().encode('<html>'.padEnd(8192)));
    await device.advanceUntilIdle();
    const failure = { code: 'enclosure-not-audio' };
    expect((await downloadOf(device))?.state).toEqual({ kind: 'failed', failure });
  });

  it('in the middle of a download leaves what is verified alone', async () => {
    device.host.next(honestly, honestly, loginPage);
    await advance(device.worker);
    expect((await attemptOf(device)).journal).toHaveLength(1);
    await device.advanceUntilIdle();
    await expectTheLatestVersion({ restarts: 0 });
  });

  it('under the status of a range is never joined to what is there', async () => {
    device.host.next(honestly, honestly, (request, host) => {
      const { body, headers } = loginPage(request, host);
      return new Response(body, { status: 206, headers });
    });
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
  });
});

describe('a failed download that is asked for again', () => {
  it('goes on from what was verified, if the host still has that version', async () => {
    device.host.next(honestly, honestly, status(404));
    await device.advanceUntilIdle();
    await device.request();
    await device.advanceUntilIdle();
    await expectTheLatestVersion({ restarts: 0 });
    expect(device.broadcasts.at(-1)).toEqual({ type: 'download/finished', episodeId });
  });

  it('begins anew, if it has another', async () => {
    device.host.next(honestly, honestly, status(404), changed());
    await device.advanceUntilIdle();
    await device.request();
    await device.advanceUntilIdle();
    await expectTheLatestVersion({ restarts: 1 });
  });
});
