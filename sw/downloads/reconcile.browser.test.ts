import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AttemptId } from '../../core/model/ids.ts';
import { deleteAttempt, listAttempts } from '../../core/storage/attempts.ts';
import type { Database } from '../../core/storage/database.ts';
import { listSegmentOwners, segmentsOf } from '../../core/storage/segments.ts';
import { aDownload } from '../../core/storage/testing/rows.ts';
import { Device, episodeId } from '../testing/device.ts';
import { brokenAfter, honestly, status } from '../testing/podcast-host.ts';
import { attemptOf, downloadOf, expectTheEpisode } from '../testing/stored-episode.ts';
import { advance } from './advance.ts';
import { reconcile } from './reconcile.ts';
import { answerMedia } from './serve-media.ts';

/** 600,000 bytes are three segments. */
const OFFSETS = [0, 262_144, 524_288] as const;

let device: Device;
let db: Database;

beforeEach(async () => {
  device = await Device.create({ sizeBytes: 600_000 });
  db = await device.worker.database();
  await device.request();
});

afterEach(() => {
  expect(device.reports).toEqual([]);
});

/** The browser removes one segment. */
async function evict(attemptId: AttemptId, offsetBytes: number): Promise<void> {
  await db.delete('segments', [attemptId, offsetBytes]);
}

async function play(): Promise<Response> {
  const address = new URL(`media/${episodeId}`, device.worker.baseUrl);
  return answerMedia(new Request(address), episodeId, device.worker);
}

describe('the start-up check of a downloaded episode', () => {
  let attemptId: AttemptId;

  beforeEach(async () => {
    await device.advanceUntilIdle();
    attemptId = (await attemptOf(device)).id;
    device.broadcasts.length = 0;
  });

  it('changes nothing when everything is there, however often it runs', async () => {
    const before = [await downloadOf(device), await attemptOf(device)];
    await Promise.all([reconcile(device.worker), reconcile(device.worker)]);
    await reconcile(device.worker);
    expect([await downloadOf(device), await attemptOf(device)]).toEqual(before);
    expect(device.broadcasts).toEqual([]);
  });

  it.each(OFFSETS)('finds that the segment at %d is gone, and tells the pages', async (offset) => {
    await evict(attemptId, offset);
    await reconcile(device.worker);
    expect((await downloadOf(device))?.state).toEqual({ kind: 'evicted' });
    expect(device.broadcasts).toEqual([{ type: 'downloads/changed', episodeIds: [episodeId] }]);
    expect((await play()).status).toBe(404);
  });

  it.each([
    ['all its bytes are', (db: Database, id: AttemptId) => db.delete('segments', segmentsOf(id))],
    ['its attempt is', deleteAttempt],
  ])('finds that %s gone', async (_name, remove) => {
    await remove(db, attemptId);
    await reconcile(device.worker);
    expect((await downloadOf(device))?.state).toEqual({ kind: 'evicted' });
  });

  it('lets one tap bring it again, and leaves nothing of the old bytes', async () => {
    await evict(attemptId, OFFSETS[1]);
    await reconcile(device.worker);
    await device.request();
    await device.advanceUntilIdle();
    await reconcile(device.worker);
    await expectTheEpisode(device);
    const { id } = await attemptOf(device);
    expect(id).not.toBe(attemptId);
    expect(await listSegmentOwners(db)).toEqual([id]);
  });

  it('says the same again and again, and once only', async () => {
    await evict(attemptId, OFFSETS[2]);
    await reconcile(device.worker);
    const row = await downloadOf(device);
    await reconcile(device.worker);
    expect(await downloadOf(device)).toEqual(row);
    expect(device.broadcasts).toHaveLength(1);
  });
});

describe('the start-up check of a download that is not finished', () => {
  it('has bytes that are gone fetched again, and only those', async () => {
    device.host.next(honestly, honestly, honestly, brokenAfter(0));
    await advance(device.worker);
    const attempt = await attemptOf(device);
    expect(attempt.journal).toHaveLength(2);
    await evict(attempt.id, OFFSETS[1]);
    device.startWorker();
    await reconcile(device.worker);
    expect((await attemptOf(device)).journal).toHaveLength(1);
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
    expect((await attemptOf(device)).id).toBe(attempt.id);
  });

  it('never lets two versions meet where the beginning is gone', async () => {
    device.host.next(honestly, honestly, honestly, brokenAfter(0));
    await advance(device.worker);
    await evict((await attemptOf(device)).id, OFFSETS[0]);
    device.host.change();
    await reconcile(device.worker);
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
  });

  it('does not commit what has lost bytes between its last byte and its commit', async () => {
    await device.advanceUntilIdle();
    const attemptId = (await attemptOf(device)).id;
    await db.put('downloads', aDownload({ state: { kind: 'verifying' }, attemptId }));
    await evict(attemptId, OFFSETS[1]);
    device.startWorker();
    await reconcile(device.worker);
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
  });

  it.each([
    ['begins anew where nothing says that the version is the same', false],
    ['takes it from a host that names its version', true],
  ])('has all but its beginning, which repeats nothing: %s', async (_name, exposesHeaders) => {
    device.host.exposesHeaders = exposesHeaders;
    await device.advanceUntilIdle();
    const { id: attemptId } = await attemptOf(device);
    await db.put('downloads', aDownload({ state: { kind: 'verifying' }, attemptId }));
    await evict(attemptId, OFFSETS[0]);
    if (!exposesHeaders) device.host.change();
    await reconcile(device.worker);
    await device.advanceUntilIdle();
    await expectTheEpisode(device);
    expect((await attemptOf(device)).id === attemptId).toBe(exposesHeaders);
  });

  it('leaves a failed one its verified bytes', async () => {
    device.host.next(honestly, honestly, status(404));
    await device.advanceUntilIdle();
    await reconcile(device.worker);
    expect((await downloadOf(device))?.state.kind).toBe('failed');
    expect((await attemptOf(device)).journal).toHaveLength(1);
    expect(await listAttempts(db)).toHaveLength(1);
  });

  it('leaves one alone of which nothing has come', async () => {
    await reconcile(device.worker);
    expect((await downloadOf(device))?.state).toEqual({ kind: 'queued' });
  });
});

describe('the start-up check', () => {
  it('has the browser stop fetches that nobody wants', async () => {
    device = await Device.create({ sizeBytes: 600_000, background: true });
    await device.backgroundFetch?.fetch('unknown:1', [
      new Request('https://podcast.example/#1-2-3'),
    ]);
    await device.request();
    await device.startBackgroundFetches();
    await reconcile(device.worker);
    await device.backgroundFetch?.settled();
    const results = device.backgroundFetch?.started.map(({ result }) => result);
    expect(results).toEqual(['failure', '']);
  });
});
