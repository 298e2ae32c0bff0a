import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listAttempts } from '../../core/storage/attempts.ts';
import { listSegmentOwners } from '../../core/storage/segments.ts';
import { episodeId } from '../testing/device.ts';
import { changed, honestly } from '../testing/podcast-host.ts';
import { attemptOf, downloadOf, expectTheEpisode } from '../testing/stored-episode.ts';
import { begin, device, promise, sizeBytes, sri } from './testing/promised.ts';

beforeEach(begin);

afterEach(() => {
  expect(device.reports).toEqual([]);
});

describe('an episode of which the feed gives the digest', () => {
  it.each(['SHA-256', 'SHA-384', 'SHA-512'])('comes here when it is right by %s', async (name) => {
    await promise(await sri(device.host.content, name));
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
    expect(device.host.requests).toHaveLength(4);
  });

  it('is fetched once more, as a whole, when it is wrong, and can be right then', async () => {
    await promise(await sri(device.host.content));
    // A proxy that is out of order, say: the second answer is the maker's own.
    const promised = device.host.content;
    device.host.change();
    device.host.next(honestly, honestly, honestly, honestly, (request, host) => {
      host.content = promised;
      return honestly(request, host);
    });
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
    expect((await attemptOf(device)).shape).toBe('whole');
  });

  it('fails with its reason when it stays wrong, and nothing of it is kept', async () => {
    await promise(await sri(device.host.content));
    device.host.change();
    await device.advanceUntilIdle();
    expect((await downloadOf(device))?.state).toEqual({
      kind: 'failed',
      failure: { code: 'enclosure-integrity' },
    });
    const db = await device.worker.database();
    expect(await listAttempts(db)).toEqual([]);
    expect(await listSegmentOwners(db)).toEqual([]);
    // The probe twice, three ranges, one whole: it is not fetched for ever.
    expect(device.host.bytesSent).toBeLessThan(sizeBytes * 2.5);
    expect(device.broadcasts).toContainEqual({ type: 'download/failed', episodeId });
  });

  it('is never downloaded as two versions of which the lengths agree', async () => {
    const promised = device.host.content;
    await promise(await sri(promised));
    // The change and the change back, each right behind a boundary that no ETag tells of.
    device.host.etag = undefined;
    device.host.next(honestly, honestly, changed());
    await device.advanceUntilIdle();
    expect((await downloadOf(device))?.state.kind).toBe('failed');
  });

  it('is not held up by a digest that nobody can read', async () => {
    await promise('sha1-abc');
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
  });

  it('begins anew by one press, and may be right by then', async () => {
    const promised = device.host.content;
    await promise(await sri(promised));
    device.host.change();
    await device.advanceUntilIdle();
    device.host.content = promised;
    await device.request();
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
  });
});
