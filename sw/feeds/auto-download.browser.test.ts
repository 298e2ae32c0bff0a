import { beforeEach, describe, expect, it } from 'vitest';
import { listDownloads } from '../../core/storage/downloads.ts';
import { deleteDownload } from '../requests/download-delete.ts';
import { refreshPodcast } from '../requests/podcast-refresh.ts';
import { unsubscribeFromPodcast } from '../requests/podcast-unsubscribe.ts';
import { refreshAllPodcasts } from '../requests/podcasts-refresh.ts';
import { anItem } from '../testing/feed-server.ts';
import { followUp } from './follow-up.ts';
import {
  asked,
  begin,
  DAY_MS,
  device,
  feedUrl,
  follow,
  gateway,
  idOf,
  podcastId,
  refresh,
} from './testing/followed-podcast.ts';

beforeEach(begin);

describe('auto-download', () => {
  it('takes nothing unless somebody has switched it on', async () => {
    await refresh(anItem('c'));
    expect(await asked()).toEqual([]);
  });

  it('takes the newest at once when it is switched on, then what comes, each once', async () => {
    await refresh(anItem('c', { publishedAt: device.now }));
    await follow({ newest: 1 });
    expect(await asked()).toEqual(['c']);
    await refresh(anItem('d'), anItem('e', { publishedAt: device.now }));
    expect(await asked()).toEqual(['c', 'e']);
    await device.command(deleteDownload, { episodeId: await idOf('e') });
    await refresh();
    await followUp(device.worker);
    expect(await asked(), 'what was deleted stays deleted').toEqual(['c']);
  });

  it('changes what it does about what comes, not about what it has decided', async () => {
    await follow({ newest: 1 });
    await follow({ newest: 3 });
    expect(await asked()).toHaveLength(1);
    await refresh(anItem('c'), anItem('d'), anItem('e'), anItem('f'));
    expect(await asked()).toHaveLength(4);
  });

  it('does not fetch a back catalogue that shows all at once', async () => {
    await follow({ newest: 2 });
    const before = await asked();
    const old = Array.from({ length: 500 }, (_, n) =>
      anItem(`old-${n}`, { publishedAt: Date.UTC(2020, 0, 1) + n * DAY_MS }),
    );
    await refresh(anItem('c'), ...old);
    expect(await asked()).toEqual([...before, 'c']);
  });

  it('holds what it takes to unmetered networks, where that is wanted, until a person asks', async () => {
    device.networkRules = { unmeteredOnly: false, connection: { type: 'cellular' } };
    await follow({ newest: 1 });
    await device.advanceUntilIdle().catch(() => undefined);
    const [held] = await listDownloads(await device.worker.database());
    expect(held).toMatchObject({ onlyUnmetered: true, state: { reason: 'unmetered' } });
    // No more than the first bytes, to see whether it can be kept.
    expect(device.host.requests.filter(({ cancelled }) => !cancelled)).toEqual([]);
    device.networkRules = { unmeteredOnly: false, connection: { type: 'wifi' } };
    await device.advanceUntilIdle();
    const [fetched] = await listDownloads(await device.worker.database());
    expect(fetched?.state).toEqual({ kind: 'committed' });
  });

  it('decides once where several ask together', async () => {
    await follow({ newest: 2 });
    gateway.publish(feedUrl, anItem('c'));
    await Promise.all([
      device.command(refreshPodcast, { podcastId }),
      device.command(refreshAllPodcasts, { since: device.now + 1 }),
      followUp(device.worker),
    ]);
    expect((await asked()).filter((guid) => guid === 'c')).toHaveLength(1);
  });

  it('leaves nothing behind when a podcast is unsubscribed meanwhile', async () => {
    await follow({ newest: 1 });
    await device.command(unsubscribeFromPodcast, { podcastId });
    await follow({ newest: 1 });
    expect(await (await device.worker.database()).getAll('subscriptions')).toEqual([]);
  });
});
