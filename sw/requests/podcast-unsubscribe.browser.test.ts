import { expect, it, vi } from 'vitest';
import type { EpisodeId, PodcastId } from '../../core/model/ids.ts';
import { getDownload } from '../../core/storage/downloads.ts';
import { getEpisode } from '../../core/storage/episodes.ts';
import { putFeed } from '../../core/storage/podcasts.ts';
import { anEpisode, aPodcast } from '../../core/storage/testing/rows.ts';
import { Device, episodeId } from '../testing/device.ts';
import { unsubscribeFromPodcast } from './podcast-unsubscribe.ts';

const podcastId = aPodcast().id;
const other = { podcastId: 'other' as PodcastId, id: 'elsewhere' as EpisodeId };

/** What it writes to take a podcast away of which one episode was asked for. */
async function writesToTakeAway(count: number): Promise<number> {
  const device = await Device.create();
  const db = await device.worker.database();
  const more = Array.from({ length: count }, (_, n) => anEpisode({ id: `more-${n}` as EpisodeId }));
  await putFeed(db, aPodcast(), more);
  await putFeed(db, aPodcast({ id: other.podcastId, feedUrl: 'https://other.example/' }), [
    anEpisode(other),
  ]);
  await device.request();
  await device.request(other.id);
  const transactions = vi.spyOn(IDBDatabase.prototype, 'transaction');
  await device.command(unsubscribeFromPodcast, { podcastId });
  const writes = transactions.mock.calls.filter(([, mode]) => mode === 'readwrite').length;
  transactions.mockRestore();
  expect(await getDownload(db, episodeId)).toBeUndefined();
  expect(await getEpisode(db, 'more-0' as EpisodeId)).toBeUndefined();
  expect((await getDownload(db, other.id))?.state).toEqual({ kind: 'queued' });
  return writes;
}

it('takes no longer for the episodes that nobody asked for, however many they are', async () => {
  expect(await writesToTakeAway(200)).toBe(await writesToTakeAway(1));
});
