import { afterEach, expect, it } from 'vitest';
import type { Episode } from '../../core/model/episode.ts';
import { listSegmentOwners } from '../../core/storage/segments.ts';
import { Device, episodeId } from '../testing/device.ts';
import { brokenAfter, honestly, status } from '../testing/podcast-host.ts';
import { attemptOf, downloadOf, expectTheEpisode } from '../testing/stored-episode.ts';
import { advance } from './advance.ts';

/*
 * An episode whose feed names another address, when a part of it is here already.
 */

const oldUrl = 'https://podcast.example/episode.mp3';
const newUrl = 'https://podcast.example/episode.mp3?version=2';

let device: Device;

afterEach(() => {
  expect(device.reports).toEqual([]);
});

/** A part of the episode is here. */
async function begin(episode: Partial<Episode> = {}, facts: Partial<Device> = {}): Promise<void> {
  device = await Device.create({ sizeBytes: 600_000, episode });
  Object.assign(device, facts);
  device.host.next(honestly, honestly, brokenAfter(0));
  await device.request();
  await advance(device.worker);
  expect((await attemptOf(device)).journal).not.toEqual([]);
}

/** The feed is looked at again. */
async function move(change: Partial<Episode> = {}): Promise<void> {
  const db = await device.worker.database();
  const episode = await db.get('episodes', episodeId);
  const enclosure = { url: newUrl, type: 'audio/mpeg', sizeBytes: undefined };
  if (episode) await db.put('episodes', { ...episode, enclosure, ...change });
}

function answerAt(url: string): void {
  device.host.usually = (request, host) =>
    request.url === url ? honestly(request, host) : status(404)(request, host);
}

const asked = () => device.host.requests.map((request) => request.url);

it('goes on where it began for as long as that answers', async () => {
  await begin();
  const { id } = await attemptOf(device);
  await move();
  await device.advanceUntilIdle();
  await expectTheEpisode(device);
  expect((await attemptOf(device)).id).toBe(id);
  expect(asked()).not.toContain(newUrl);
});

it('is fetched from the new address when the old one has gone, and leaves nothing behind', async () => {
  await begin();
  await move();
  answerAt(newUrl);
  await device.advanceUntilIdle();
  await expectTheEpisode(device);
  const { id, url } = await attemptOf(device);
  expect(url).toBe(newUrl);
  expect(await listSegmentOwners(await device.worker.database())).toEqual([id]);
});

it('is fetched from the new address when it is asked for again after it had failed', async () => {
  await begin();
  device.host.usually = status(404);
  await device.advanceUntilIdle();
  expect((await downloadOf(device))?.state.kind).toBe('failed');
  await move();
  answerAt(newUrl);
  await device.request();
  await device.advanceUntilIdle();
  await expectTheEpisode(device);
});

it('keeps what has come until the new address answers', async () => {
  await begin();
  const { id } = await attemptOf(device);
  await move();
  device.host.usually = status(404);
  await device.advanceUntilIdle();
  expect((await downloadOf(device))?.state.kind).toBe('failed');
  expect((await attemptOf(device)).id).toBe(id);
});

it('is fetched through the gateway anew when that knows the old address no more', async () => {
  await begin({ relayTokens: [[oldUrl, 'token']] }, { hasGateway: true });
  const db = await device.worker.database();
  const attempt = await attemptOf(device);
  await db.put('attempts', { ...attempt, route: 'gateway' });
  device.host.allowsReading = false;
  await move({ relayTokens: [[newUrl, 'token']] });
  await device.advanceUntilIdle();
  await expectTheEpisode(device);
  expect(await attemptOf(device)).toMatchObject({ url: newUrl, route: 'gateway' });
});
