import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Attempt } from '../../core/model/attempt.ts';
import { pauseDownload } from '../requests/download-pause.ts';
import { resumeDownload } from '../requests/download-resume.ts';
import { Device, episodeId } from '../testing/device.ts';
import { attemptOf, downloadOf, expectTheEpisode } from '../testing/stored-episode.ts';
import { advance } from './advance.ts';
import { finish } from './outcome.ts';

/* Between the last byte and "Downloaded": what goes wrong there, and what the user says there. */

/** 600,000 bytes are three segments. */
const sizeBytes = 600_000;
const BYTES_OF_THE_SECOND = 'bytes=261120-524287';

let device: Device;

beforeEach(async () => {
  device = await Device.create({ sizeBytes });
  await device.request();
});

afterEach(() => {
  expect(device.reports).toEqual([]);
});

/** Every byte is here, and nobody has looked at them. */
async function allIsHere(): Promise<Attempt> {
  await device.advanceUntilIdle();
  const row = await downloadOf(device);
  if (!row) throw new Error('no row');
  const db = await device.worker.database();
  await db.put('downloads', {
    ...row,
    state: { kind: 'verifying' },
    committedAttemptId: undefined,
  });
  device.host.requests.length = 0;
  device.startWorker();
  return attemptOf(device);
}

/** The browser takes the second segment. */
async function takeTheSecond({ id, journal }: Attempt): Promise<void> {
  const db = await device.worker.database();
  await db.delete('segments', [id, journal[1]?.offsetBytes ?? 0]);
}

const pause = () => device.command(pauseDownload, { episodeId });
const ranges = () => device.host.requests.map(({ range }) => range);

it('never says Downloaded when a segment has gone in between, and fetches that one again', async () => {
  await takeTheSecond(await allIsHere());
  await advance(device.worker);
  expect((await downloadOf(device))?.state.kind).not.toBe('committed');
  await device.advanceUntilIdle();
  await expectTheEpisode(device);
  expect(ranges()).toEqual([BYTES_OF_THE_SECOND]);
});

it('keeps to a pause when a segment has gone in between', async () => {
  await takeTheSecond(await allIsHere());
  await pause();
  await device.advanceUntilIdle();
  expect((await downloadOf(device))?.state).toEqual({ kind: 'paused', reason: 'user' });
  expect(ranges()).toEqual([]);
  await device.command(resumeDownload, { episodeId });
  await device.advanceUntilIdle();
  await expectTheEpisode(device);
  expect(ranges()).toEqual([BYTES_OF_THE_SECOND]);
});

it.each([
  ['are not what the feed promises', async () => undefined],
  ['have gone', takeTheSecond],
])('keeps to a pause when a check finds that bytes %s, and waits for nobody', async (_, harm) => {
  const attempt = { ...(await allIsHere()), integrity: `sha256-${btoa('x'.repeat(32))}` };
  await (await device.worker.database()).put('attempts', attempt);
  await harm(attempt);
  await pause();
  // As in the run that brought the last byte: what stops that one must not be asked for in it.
  const { running } = device.worker;
  await running.join(`attempt:${attempt.id}`, () => finish(device.worker, attempt));
  await device.advanceUntilIdle();
  expect((await downloadOf(device))?.state).toEqual({ kind: 'paused', reason: 'user' });
  expect(ranges()).toEqual([]);
});

it('takes a pause for nothing when every byte is right', async () => {
  await allIsHere();
  await pause();
  await device.advanceUntilIdle();
  await expectTheEpisode(device);
  expect(ranges()).toEqual([]);
});
