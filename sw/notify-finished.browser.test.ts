import { beforeEach, expect, it } from 'vitest';
import type { EpisodeId } from '../core/model/ids.ts';
import { putFeed } from '../core/storage/podcasts.ts';
import { changeSettings } from '../core/storage/settings.ts';
import { anEpisode, aPodcast } from '../core/storage/testing/rows.ts';
import { Device } from './testing/device.ts';

interface Shown {
  title: string;
  tag: string;
  body: string;
  data: unknown;
}

let device: Device;
let shown: Shown[];
let windows: { url: string; visibilityState: string }[];
let permission: NotificationPermission;

beforeEach(async () => {
  device = await Device.create();
  shown = [];
  windows = [];
  permission = 'granted';
  device.startWorker(({ registration }) => ({
    notificationPermission: () => permission,
    clients: { matchAll: async () => windows } as unknown as Clients,
    registration: {
      ...registration,
      // One of the same tag takes the place of the last.
      getNotifications: async ({ tag }: { tag: string }) => shown.filter((it) => it.tag === tag),
      showNotification: async (title: string, { tag, body, data }: Shown) => {
        shown = [...shown.filter((it) => it.tag !== tag), { title, tag, body, data }];
      },
    } as unknown as ServiceWorkerRegistration,
  }));
  await changeSettings(await device.worker.database(), { notifyFinished: true });
});

async function download(): Promise<Shown[]> {
  await device.request();
  await device.advanceUntilIdle();
  return shown;
}

it('says what was downloaded, and leads to Downloads', async () => {
  expect(await download()).toMatchObject([
    { title: 'Downloaded: An episode', body: 'A podcast', data: { destination: 'downloads' } },
  ]);
});

it('says it of several in one', async () => {
  const second = anEpisode({ id: 'second' as EpisodeId, title: 'Another' });
  await putFeed(await device.worker.database(), aPodcast(), [second]);
  await device.request(second.id);
  expect(await download()).toMatchObject([
    { title: 'Downloaded: 2 episodes', body: 'Another\nAn episode' },
  ]);
});

it('says nothing unless somebody wants to hear it', async () => {
  await changeSettings(await device.worker.database(), { notifyFinished: false });
  expect(await download()).toEqual([]);
});

it('says nothing where the browser does not allow it', async () => {
  permission = 'denied';
  expect(await download()).toEqual([]);
});

it('says nothing to those who are looking, and does to those who are not', async () => {
  windows = [{ url: 'https://app.example/', visibilityState: 'visible' }];
  expect(await download()).toEqual([]);
});

it('says it where the window is behind another', async () => {
  windows = [{ url: 'https://app.example/', visibilityState: 'hidden' }];
  expect(await download()).toHaveLength(1);
});
