import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { putFeed } from '../../core/storage/podcasts.ts';
import { listSegmentOwners } from '../../core/storage/segments.ts';
import { anEpisode, aPodcast } from '../../core/storage/testing/rows.ts';
import { type Device, episodeId } from '../testing/device.ts';
import { endedAfter, honestly, withHeaders } from '../testing/podcast-host.ts';
import { downloadOf, expectTheEpisode } from '../testing/stored-episode.ts';
import { advance } from './advance.ts';
import { withoutRanges } from './testing/without-ranges.ts';

let device: Device;

beforeEach(async () => {
  device = await withoutRanges();
});

afterEach(() => {
  expect(device.reports).toEqual([]);
});

/** The feed says how long the episode is. */
async function givenLength(sizeBytes: number): Promise<void> {
  const enclosure = { url: 'https://podcast.example/episode.mp3', type: undefined, sizeBytes };
  const episode = anEpisode({ id: episodeId, enclosure });
  await putFeed(await device.worker.database(), aPodcast(), [episode]);
}

describe('an end without a length', () => {
  beforeEach(() => {
    device.host.tellsLength = false;
  });

  it('is believed when it comes twice at the same place', async () => {
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
    expect(device.host.requests.filter(({ range }) => range === null)).toHaveLength(2);
  });

  it('is believed at once where the feed said so', async () => {
    await givenLength(600_000);
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
    expect(device.host.requests.filter(({ range }) => range === null)).toHaveLength(1);
  });

  it('is not believed because the feed says something else', async () => {
    await givenLength(400_000);
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
    expect(device.host.requests.filter(({ range }) => range === null)).toHaveLength(2);
  });

  it('is not believed when it comes at different places, and never two in a row alike', async () => {
    const whole = (request: Request) => !request.headers.has('range');
    let turn = 0;
    device.host.usually = (request, host) => {
      if (!whole(request) || turn >= 4) return honestly(request, host);
      turn += 1;
      return endedAfter(100_000 * turn)(request, host);
    };
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
    expect(device.host.requests.filter(({ range }) => range === null)).toHaveLength(6);
  });

  it('is never shown as downloaded before', async () => {
    await advance(device.worker);
    expect(await downloadOf(device)).toMatchObject({
      state: { kind: 'paused', reason: 'retry' },
      endedAtBytes: 600_000,
    });
    expect(await listSegmentOwners(await device.worker.database())).toEqual([]);
  });
});

describe('a length that cannot be true', () => {
  const url = 'https://podcast.example/episode.mp3';
  const firstPart = new Request(url, { headers: { range: 'bytes=0-99999' } });

  it('because the answer is encoded is not taken for that of the episode', async () => {
    device.host.exposesHeaders = true;
    device.host.usually = withHeaders({ 'content-encoding': 'gzip', 'content-length': '1234' });
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
  });

  it.each(['0', '-1', '1e3', 'many', ''])('%j is none', async (length) => {
    device.host.usually = withHeaders({ 'content-length': length });
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
  });

  it('because a capped range tells the part alone is not taken for the whole', async () => {
    device.host.answersRanges = true;
    device.host.exposesHeaders = true;
    device.host.usually = (request, host) => {
      if (request.headers.get('range') !== 'bytes=0-') return honestly(request, host);
      return honestly(firstPart, host);
    };
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
  });

  it('because a part was sent for the whole is not taken for the whole', async () => {
    device.host.answersRanges = true;
    device.host.tellsLength = false;
    device.host.usually = (request, host) =>
      request.headers.has('range') ? honestly(request, host) : honestly(firstPart, host);
    await device.advanceUntilIdle();
    const failure = { code: 'enclosure-unreachable' };
    expect((await downloadOf(device))?.state).toEqual({ kind: 'failed', failure });
  });
});
