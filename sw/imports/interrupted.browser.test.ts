import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { inListTurn } from '../../core/messaging/list-turn.ts';
import { listWakeUps } from '../../core/storage/wake-ups.ts';
import { onPeriodicSync } from '../events/periodic-sync.ts';
import { onSync, WorkLeftError } from '../events/sync.ts';
import { cancelImport, clearImport, resumeImport } from '../requests/imports-change.ts';
import { fetchOpml } from '../requests/opml-fetch.ts';
import {
  advance,
  advanceUntilIdle,
  begin,
  counts,
  device,
  failure,
  feedUrl,
  gateway,
  kinds,
  listed,
  rows,
  subscribed,
  take,
} from './testing/import.ts';

beforeEach(begin);
afterEach(() => expect(device.reports).toEqual([]));

/** Until somebody waits for a list's turn. */
function lockAsked(): Promise<void> {
  return vi.waitFor(async () => {
    const { pending = [] } = await navigator.locks.query();
    expect(pending.filter(({ name }) => name?.includes('list-turn'))).toHaveLength(1);
  });
}

describe('a list that is cut', () => {
  it('is taken not at all, and goes with the next one', async () => {
    await take(listed(2), { isLast: false });
    await advanceUntilIdle();
    expect(gateway.asked).toEqual([]);
    expect(await counts()).toMatchObject({ waiting: 0 });
    await take(listed(1, 7), { importId: 'list-2' });
    await advanceUntilIdle();
    expect(await subscribed()).toEqual([feedUrl(7)]);
    expect(await rows()).toHaveLength(1);
  });

  it('is not what an address brings meanwhile: that waits for its end', async () => {
    gateway.list = {
      status: 'fetched',
      feeds: [{ address: feedUrl(7), title: 'Seven', usable: true }],
    };
    let fetched: Promise<unknown> = Promise.resolve();
    await inListTurn(device.worker.locks, device.worker.baseUrl.href, async () => {
      await take(listed(2), { isLast: false });
      const asked = { importId: 'list-2', address: 'lists.example/mine.opml' };
      fetched = device.command(fetchOpml, asked);
      await lockAsked();
      await device.command(clearImport, {});
      await take(listed(1, 2), { firstPosition: 2 });
    });
    await fetched;
    await advanceUntilIdle();
    expect((await subscribed()).sort()).toEqual([0, 1, 2, 7].map(feedUrl));
  });

  it('goes on beside one that still waits', async () => {
    await take(listed(2));
    await take(listed(2, 1), { importId: 'list-2' });
    await advanceUntilIdle();
    expect((await subscribed()).sort()).toEqual([feedUrl(0), feedUrl(1), feedUrl(2)]);
  });
});

describe('a cancelled import', () => {
  it('adds nothing more, not even what is under way, and goes on when asked', async () => {
    let answer = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      answer = resolve;
    });
    gateway.answers.set(feedUrl(0), async () => {
      await held;
      return gateway.feedAt(feedUrl(0));
    });
    gateway.answers.set(feedUrl(1), () => failure('feed-timeout'));
    await take(listed(2));
    const step = advance();
    await expect.poll(kinds).toEqual(['waiting', 'failed']);
    await device.command(cancelImport, {});
    answer();
    await step;
    expect(await kinds()).toEqual(['cancelled', 'failed']);
    expect(await subscribed()).toEqual([]);

    gateway.answers.clear();
    await device.command(resumeImport, {});
    await advanceUntilIdle();
    expect(await kinds()).toEqual(['added', 'added']);
  });

  it('leaves what no retry will mend, and forgets all of it when told to', async () => {
    await take([{ address: 'javascript:x()', title: null, usable: false }]);
    await device.command(resumeImport, {});
    expect(await kinds()).toEqual(['failed']);
    await device.command(clearImport, {});
    expect(await rows()).toEqual([]);
  });
});

describe('without a way to any feed', () => {
  it('waits for the network, and no feed is blamed', async () => {
    await take(listed(2));
    device.isOnline = false;
    expect(await advance()).toEqual({ againInMs: null });
    device.isOnline = true;
    gateway.isThere = false;
    const { againInMs } = await advance();
    expect(againInMs).toBeGreaterThan(1_000);
    expect(await kinds()).toEqual(['waiting', 'waiting']);
    gateway.isThere = true;
    await advanceUntilIdle();
    expect(await kinds()).toEqual(['added', 'added']);
  });

  it('ends all the same, with a reason', async () => {
    gateway.isThere = false;
    await take(listed(6));
    await advanceUntilIdle();
    expect(new Set((await rows()).map(({ state }) => JSON.stringify(state)))).toEqual(
      new Set([JSON.stringify({ kind: 'failed', failure: { code: 'gateway-unreachable' } })]),
    );
  });
});

describe('with no page open', () => {
  const sync = () => onSync({ tag: 'x', lastChance: false } as SyncEvent, device.worker);

  it('goes on when the browser says that there is a connection', async () => {
    await take(listed(3));
    await sync();
    expect(await kinds()).toEqual(['added', 'added', 'added']);
    expect(await listWakeUps(await device.worker.database())).toMatchObject([{ outcome: 'done' }]);
  });

  it('goes on now and then', async () => {
    await take(listed(3));
    await onPeriodicSync({ tag: 'x' } as PeriodicSyncEvent, device.worker);
    expect(await kinds()).toEqual(['added', 'added', 'added']);
  });

  it('has the browser call again while something is left', async () => {
    await take(listed(3));
    gateway.isThere = false;
    await expect(sync()).rejects.toThrow(WorkLeftError);
    expect(await kinds()).toEqual(['waiting', 'waiting', 'waiting']);
  });
});
