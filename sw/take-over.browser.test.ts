import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { WorkerContext } from './context.ts';
import { settleBackgroundFetch } from './downloads/background-settle.ts';
import { holdTakeOverBack, takeOver } from './take-over.ts';
import { Device } from './testing/device.ts';

/** Two versions beside each other: they share the browser's locks, and nothing else. */
let active: WorkerContext;
let waiting: WorkerContext;
let skipWaiting: ReturnType<typeof vi.fn<() => Promise<void>>>;

beforeEach(async () => {
  const device = await Device.create({ background: true });
  const baseUrl = new URL(`https://app.example/${crypto.randomUUID()}/`);
  const { locks } = navigator;
  skipWaiting = vi.fn(async () => undefined);
  waiting = device.startWorker(() => ({ baseUrl, locks, skipWaiting }));
  active = device.startWorker(() => ({ baseUrl, locks }));
});

/** Opened by the test. */
function gate<T>() {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((open) => {
    resolve = open;
  });
  return { promise, resolve };
}

/** Work that is under way until the test ends it. */
function heldWork(kind: 'settle' | 'commit') {
  const { promise, resolve } = gate<void>();
  const done = holdTakeOverBack(active, kind, () => promise);
  return { end: resolve, done };
}

/** Everything that was asked of the locks before this has been granted, if it could be. */
async function afterTheOthers(): Promise<void> {
  await navigator.locks.query();
  await navigator.locks.request(crypto.randomUUID(), () => undefined);
}

describe('a waiting version', () => {
  it('takes over at once where nothing is being committed', async () => {
    await takeOver(waiting);
    expect(skipWaiting).toHaveBeenCalledOnce();
  });

  it.each(['commit', 'settle'] as const)('waits for a %s of the active one', async (kind) => {
    const work = heldWork(kind);
    const taken = takeOver(waiting);
    await afterTheOthers();
    expect(skipWaiting).not.toHaveBeenCalled();
    work.end();
    await taken;
    expect(skipWaiting).toHaveBeenCalledOnce();
    await work.done;
  });

  it('lets a settle event that it waits for go on committing', async () => {
    const inside = gate<void>();
    const settle = holdTakeOverBack(active, 'settle', async () => {
      await inside.promise;
      return holdTakeOverBack(active, 'commit', async () => 'committed');
    });
    const taken = takeOver(waiting);
    await afterTheOthers();
    inside.resolve();
    expect(await settle).toBe('committed');
    await taken;
    expect(skipWaiting).toHaveBeenCalledOnce();
  });

  it('takes over in the end, however long the work goes on', async () => {
    const work = heldWork('settle');
    await takeOver(waiting, 10);
    expect(skipWaiting).toHaveBeenCalledOnce();
    work.end();
    await work.done;
  });

  it('does not take over while the settle event of a Background Fetch reads its records', async () => {
    const records = gate<void>();
    const asked = gate<void>();
    await active.database();
    const registration = Object.assign(new EventTarget(), { id: 'nobody:1', result: 'success' });
    // The row is looked up first: held there, the event is as long as a harvest.
    const database = async () => {
      asked.resolve();
      await records.promise;
      return active.database();
    };
    const settled = settleBackgroundFetch(
      { ...active, database },
      registration as unknown as BackgroundFetchRegistration,
    );
    await asked.promise;
    const taken = takeOver(waiting);
    await afterTheOthers();
    expect(skipWaiting).not.toHaveBeenCalled();
    records.resolve();
    await settled;
    await taken;
    expect(skipWaiting).toHaveBeenCalledOnce();
  });
});
