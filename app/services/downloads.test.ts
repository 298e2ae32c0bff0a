import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { DownloadState } from '../../core/model/download.ts';
import type { StorageKeeper } from '../contexts.ts';
import { FakeStorage } from '../elements/testing/fakes/downloads.ts';
import type { DownloadDriver } from './download-driver.ts';
import { StoredDownloads } from './downloads.ts';
import type { RowReader } from './row-reader.ts';
import type { WorkerLink } from './worker-link.ts';

let tell: (broadcast: { type: string }) => void;
let state: DownloadState;
let readings: number;

beforeEach(() => {
  vi.useFakeTimers();
  readings = 0;
});

afterEach(() => {
  vi.useRealTimers();
});

/** A page with one download. Each reading asks for the rows, and then for the hosts. */
function open(): StoredDownloads {
  const read = async (_: unknown, none: unknown) => {
    if (!Array.isArray(none)) return none;
    readings += 1;
    return [{ download: { episodeId: 'e1', position: 0, state }, received: { bytes: 5 } }];
  };
  const link = {
    onBroadcast: (listener: typeof tell) => {
      tell = listener;
    },
    onNewWorker: () => undefined,
    openStream: async () => () => undefined,
  };
  const driver = { nudge: () => undefined } as unknown as DownloadDriver;
  const storage: StorageKeeper = new FakeStorage();
  return new StoredDownloads(
    { read } as unknown as RowReader,
    link as unknown as WorkerLink,
    driver,
    storage,
  );
}

it('reads the rows half as often where nothing is under way', async () => {
  state = { kind: 'committed' };
  open();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(readings).toBe(1 + 5);
});

it('and every second where something is', async () => {
  state = { kind: 'active' };
  open();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(readings).toBe(1 + 10);
});

it('at once when it is told to, and in time where the word was lost', async () => {
  state = { kind: 'committed' };
  const downloads = open();
  const shown = () => [...downloads.all.values()].map(({ state: { kind } }) => kind);
  await vi.advanceTimersByTimeAsync(0);
  state = { kind: 'queued' };
  tell({ type: 'downloads/changed' });
  await vi.advanceTimersByTimeAsync(0);
  expect(shown()).toEqual(['queued']);
  state = { kind: 'committed' };
  await vi.advanceTimersByTimeAsync(2_000);
  expect(shown()).toEqual(['committed']);
  state = { kind: 'active' };
  await vi.advanceTimersByTimeAsync(2_000);
  expect(shown()).toEqual(['active']);
});
