import { beforeEach, expect, it } from 'vitest';
import type { EpisodeId } from '../../core/model/ids.ts';
import { deleteFeed } from '../../core/storage/podcasts.ts';
import { aPodcast } from '../../core/storage/testing/rows.ts';
import { Device, episodeId } from '../testing/device.ts';
import { MortalWorker } from '../testing/mortal-worker.ts';
import { savePlayback } from './playback-save.ts';

let device: Device;
beforeEach(async () => {
  device = await Device.create();
});

const save = (id: EpisodeId) => device.command(savePlayback, { episodeId: id, positionS: 5 });
const saved = async () => (await device.worker.database()).getAll('playback');

it('keeps how far somebody has come in an episode of the library', async () => {
  await save(episodeId);
  expect(await saved()).toMatchObject([{ episodeId, positionS: 5, savedAt: device.now }]);
});

it('keeps nothing of an episode that is not there', async () => {
  await save('elsewhere' as EpisodeId);
  expect(await saved()).toEqual([]);
});

it('keeps nothing of one that is unsubscribed meanwhile, in whatever moment', async () => {
  for (let at = 1; ; at += 1) {
    device = await Device.create();
    const db = await device.worker.database();
    let going: Promise<unknown> | undefined;
    let operations = 0;
    const onOperation = () => {
      operations += 1;
      if (operations === at) going = deleteFeed(db, aPodcast().id, [episodeId]);
    };
    const watched = new MortalWorker(undefined, undefined, { onOperation });
    device.startWorker((context) => watched.wrap(context));
    await save(episodeId);
    const kept = await db.getAll('playback');
    if (!going) {
      expect(kept, 'nobody has unsubscribed any more').toHaveLength(1);
      return;
    }
    await going;
    expect(await db.count('episodes')).toBe(0);
    expect(await db.getAll('playback'), `unsubscribed at operation ${at}`).toEqual([]);
    expect(at).toBeLessThan(50);
  }
});
