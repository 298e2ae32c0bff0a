import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EpisodeId } from '../../core/model/ids.ts';
import { listDownloads, transition } from '../../core/storage/downloads.ts';
import { putFeed } from '../../core/storage/podcasts.ts';
import { anEpisode, aPodcast } from '../../core/storage/testing/rows.ts';
import { advance } from '../downloads/advance.ts';
import { Device, episodeId } from '../testing/device.ts';
import { honestly, stalledAfter } from '../testing/podcast-host.ts';
import { downloadOf, expectTheEpisode } from '../testing/stored-episode.ts';
import { reorderDownload } from './download-move.ts';
import { pauseAllDownloads } from './downloads-pause.ts';
import { resumeAllDownloads } from './downloads-resume.ts';
import { saveSettings } from './settings-save.ts';

/* What concerns all downloads, or their order. */

const second = 'second' as EpisodeId;
const third = 'third' as EpisodeId;

let device: Device;

beforeEach(async () => {
  device = await Device.create({ sizeBytes: 600_000 });
  const more = [second, third].map((id) => anEpisode({ id }));
  await putFeed(await device.worker.database(), aPodcast(), more);
});

afterEach(() => {
  expect(device.reports).toEqual([]);
});

async function states(): Promise<string[]> {
  const rows = await listDownloads(await device.worker.database());
  return rows.map(({ state }) =>
    'reason' in state ? `${state.kind}: ${state.reason}` : state.kind,
  );
}

describe('Pause all', () => {
  it('stops what is under way, what waits, and what would go on by itself', async () => {
    await device.request();
    device.host.next(honestly, honestly, stalledAfter(100_000));
    const step = advance(device.worker);
    await vi.waitFor(() => expect(device.host.requests[2]?.bytesSent).toBe(100_000));
    await device.request(second);
    await device.request(third);
    const db = await device.worker.database();
    await transition(db, third, { type: 'interrupted', reason: 'network' });
    await device.command(pauseAllDownloads, {});
    await step;
    expect(await states()).toEqual(Array(3).fill('paused: user'));
    const asked = device.host.requests.length;
    await device.advanceUntilIdle();
    expect(device.host.requests).toHaveLength(asked);
  });

  it('survives the worker, and Resume all goes on with the rest', async () => {
    await device.request();
    await device.request(second);
    await device.command(pauseAllDownloads, {});
    device.startWorker();
    await device.command(resumeAllDownloads, {});
    await device.advanceUntilIdle();
    expect(await states()).toEqual(['committed', 'committed']);
    await expectTheEpisode(device);
  });

  it('leaves alone what is here, and what failed', async () => {
    await device.request();
    await device.advanceUntilIdle();
    await device.request(second);
    const db = await device.worker.database();
    await transition(db, second, { type: 'failed', failure: { code: 'play-only' } });
    await device.command(pauseAllDownloads, {});
    await device.command(resumeAllDownloads, {});
    expect(await states()).toEqual(['committed', 'failed']);
  });
});

it('Resume all is no permission for a mobile network', async () => {
  device.networkRules = { unmeteredOnly: true, connection: { type: 'cellular' } };
  await device.request();
  await advance(device.worker);
  await device.command(resumeAllDownloads, {});
  expect(await downloadOf(device)).toMatchObject({
    state: { kind: 'paused', reason: 'unmetered' },
    anyway: false,
  });
});

it('what was moved to the front is next', async () => {
  for (const id of [episodeId, second, third]) await device.request(id);
  await device.command(saveSettings, { change: { downloadsAtOnce: 1 } });
  await device.command(reorderDownload, { episodeId: third, before: episodeId });
  await device.advanceUntilIdle();
  const rows = await listDownloads(await device.worker.database());
  const turns = rows.toSorted((a, b) => (a.turn?.number ?? 0) - (b.turn?.number ?? 0));
  expect(turns.map((row) => row.episodeId)).toEqual([third, episodeId, second]);
});

it.each([1, 2, 4])('so many are fetched side by side as the setting says: %d', async (atOnce) => {
  const ids = [episodeId, second, third, 'fourth', 'fifth'] as EpisodeId[];
  const more = ids.map((id) => anEpisode({ id }));
  await putFeed(await device.worker.database(), aPodcast(), more);
  for (const id of ids) await device.request(id);
  await device.command(saveSettings, { change: { downloadsAtOnce: atOnce } });
  let under = 0;
  let most = 0;
  const { fetch } = device.worker;
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  device.startWorker(() => ({
    fetch: async (input, init) => {
      under += 1;
      most = Math.max(most, under);
      await opened;
      return fetch(input, init).finally(() => {
        under -= 1;
      });
    },
  }));
  const step = advance(device.worker);
  await vi.waitFor(() => expect(under).toBe(atOnce));
  open();
  await step;
  expect(most).toBe(atOnce);
});

it('a rule about networks holds in the moment it is saved', async () => {
  device.networkRules = { unmeteredOnly: true, connection: { type: 'cellular' } };
  await device.request();
  await device.command(saveSettings, { change: { unmeteredOnly: true } });
  expect(await states()).toEqual(['paused: unmetered']);
  device.networkRules = { ...device.networkRules, unmeteredOnly: false };
  await device.command(saveSettings, { change: { unmeteredOnly: false } });
  expect(await states()).toEqual(['queued']);
});
