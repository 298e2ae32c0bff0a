import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OpmlPart } from '../../core/contract/requests.ts';
import { inListTurn } from '../../core/messaging/list-turn.ts';
import type { Failure } from '../../core/model/failure.ts';
import type { ImportedFeed } from '../../core/model/feed-import.ts';
import { countImports } from '../../core/storage/imports.ts';
import { listPodcasts } from '../../core/storage/podcasts.ts';
import { listWakeUps } from '../../core/storage/wake-ups.ts';
import { onPeriodicSync } from '../events/periodic-sync.ts';
import { onSync, WorkLeftError } from '../events/sync.ts';
import { workOnImports } from '../requests/imports-advance.ts';
import { cancelImport, clearImport, resumeImport } from '../requests/imports-change.ts';
import { fetchOpml } from '../requests/opml-fetch.ts';
import { importOpml } from '../requests/opml-import.ts';
import { unsubscribeFromPodcast } from '../requests/podcast-unsubscribe.ts';
import { Device } from '../testing/device.ts';
import { FeedHosts } from '../testing/feed-hosts.ts';
import { MortalWorker } from '../testing/mortal-worker.ts';

let device: Device;
let gateway: FeedHosts;

beforeEach(async () => {
  device = await Device.create();
  gateway = new FeedHosts();
  startWorker();
});
afterEach(() => expect(device.reports).toEqual([]));

/** A new life of the worker, which asks our gateway. */
function startWorker(mortal?: MortalWorker): void {
  device.startWorker((context) => {
    const change = { fetch: gateway.fetch };
    // A dead worker reports nothing, not even that its transactions have gone with it.
    const report = mortal ? () => undefined : context.report;
    return { ...change, report, ...mortal?.wrap({ ...context, ...change }) };
  });
}

const feedUrl = (index: number) => `https://feed-${index}.example/rss`;
const listed = (count: number, from = 0): OpmlPart['feeds'] =>
  Array.from({ length: count }, (_, index) => {
    return { address: feedUrl(from + index), title: `Number ${from + index}`, usable: true };
  });
const part = (feeds: OpmlPart['feeds'], more: Partial<OpmlPart> = {}): OpmlPart => ({
  importId: 'list-1',
  feeds,
  firstPosition: 0,
  isLast: true,
  ...more,
});
const take = (feeds: OpmlPart['feeds'], more?: Partial<OpmlPart>) =>
  device.command(importOpml, part(feeds, more));
const advance = () => device.command(workOnImports, {});
const failure = (
  code: 'feed-timeout' | 'feed-not-a-feed',
): { status: 'failed'; failure: Failure } => ({
  status: 'failed',
  failure: { code },
});

async function advanceUntilIdle(): Promise<void> {
  for (let step = 0; step < 60; step += 1) {
    const { againInMs } = await advance();
    if (againInMs === null) return;
    device.now += againInMs;
  }
  throw new Error('still not idle after 60 steps');
}

async function rows(): Promise<ImportedFeed[]> {
  const all = await (await device.worker.database()).getAll('imports');
  return all.sort((one, other) => one.position - other.position);
}
const kinds = async () => (await rows()).map(({ state }) => state.kind);
const counts = async () => countImports(await device.worker.database());

/** Until somebody waits for a list's turn. */
function lockAsked(): Promise<void> {
  return vi.waitFor(async () => {
    const { pending = [] } = await navigator.locks.query();
    expect(pending.filter(({ name }) => name?.includes('list-turn'))).toHaveLength(1);
  });
}

/** The addresses of what is subscribed, but for the podcast that every device has. */
async function subscribed(): Promise<string[]> {
  const podcasts = await listPodcasts(await device.worker.database());
  return podcasts.map((podcast) => podcast.feedUrl).filter((url) => url.includes('feed-'));
}

describe('an import', () => {
  it('adds every podcast of the list, with its episodes', async () => {
    await take(listed(3));
    await advanceUntilIdle();
    expect((await subscribed()).sort()).toEqual([feedUrl(0), feedUrl(1), feedUrl(2)]);
    expect(await rows()).toMatchObject([
      { title: 'Number 0', state: { kind: 'added' } },
      { state: { kind: 'added' } },
      { state: { kind: 'added' } },
    ]);
    const told = device.broadcasts.map(({ type }) => type);
    expect(told).toContain('imports/changed');
    expect(told).toContain('podcasts/changed');
  });

  it('leaves alone what is there already', async () => {
    await take(listed(1));
    await advanceUntilIdle();
    await take(listed(1), { importId: 'list-2' });
    await advanceUntilIdle();
    expect(await kinds()).toEqual(['there']);
    expect(gateway.asked, 'not fetched again').toEqual([feedUrl(0)]);
  });

  it('takes nothing for an address that is none, whoever says it is one', async () => {
    await take([{ address: 'file:///etc/passwd', title: null, usable: true }]);
    await advanceUntilIdle();
    expect(await kinds()).toEqual(['failed']);
    expect(gateway.asked).toEqual([]);
  });

  it('says of each that was not added why', async () => {
    gateway.answers.set(feedUrl(1), () => failure('feed-not-a-feed'));
    gateway.answers.set(feedUrl(2), () => gateway.feedAt(feedUrl(2), feedUrl(0)));
    await take([...listed(3), { address: 'javascript:x()', title: 'Bad', usable: false }]);
    await advanceUntilIdle();
    const states = (await rows()).map(({ state }) => state);
    expect(states[1]).toEqual({ kind: 'failed', failure: { code: 'feed-not-a-feed' } });
    expect(states[3]).toEqual({ kind: 'failed', failure: { code: 'address-invalid' } });
    expect([states[0]?.kind, states[2]?.kind].sort(), 'one podcast at two addresses').toEqual([
      'added',
      'there',
    ]);
    expect(await subscribed()).toEqual([feedUrl(0)]);
  });

  it('of 1,000 feeds ends, a few at a time, and tells no more than it must', async () => {
    for (let index = 0; index < 1000; index += 10) {
      gateway.answers.set(feedUrl(index), () => failure('feed-timeout'));
    }
    await take(listed(500), { isLast: false });
    await take(listed(500, 500), { firstPosition: 500 });
    await advanceUntilIdle();
    expect(await counts()).toEqual({ waiting: 0, added: 900, there: 0, failed: 100, cancelled: 0 });
    expect(await subscribed()).toHaveLength(900);
    expect(gateway.asked).toHaveLength(1000);
    expect(gateway.mostAtOnce).toBeLessThanOrEqual(4);
    const told = device.broadcasts.filter(({ type }) => type === 'podcasts/changed');
    expect(told.length).toBeLessThanOrEqual(60);
  }, 120_000);

  it('asks the same as often as it is asked: once', async () => {
    await take(listed(2));
    await take(listed(2));
    await Promise.all([advance(), advance(), advance()]);
    await take(listed(2));
    await advanceUntilIdle();
    expect(gateway.asked.sort()).toEqual([feedUrl(0), feedUrl(1)]);
  });

  it('comes from an address as well, which is looked at again', async () => {
    const feeds = [
      { address: feedUrl(0), title: 'Zero', usable: true },
      { address: 'file:///etc/passwd', title: undefined, usable: true },
    ];
    gateway.list = { status: 'fetched', feeds };
    const asked = { importId: 'list-1', address: 'lists.example/mine.opml' };
    expect(await device.command(fetchOpml, asked)).toEqual({ ok: true, value: {} });
    await advanceUntilIdle();
    expect(await kinds()).toEqual(['added', 'failed']);
    expect(await device.command(fetchOpml, { ...asked, address: 'javascript:x' })).toMatchObject({
      failure: { code: 'address-invalid' },
    });
  });
});

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

it('a worker that dies at any moment leaves nothing half done, and the next one goes on', async () => {
  gateway.episodesPerFeed = 2;
  for (let at = 1; ; at += 1) {
    await device.command(clearImport, {});
    await take(listed(2), { importId: `list-${at}` });
    const mortal = new MortalWorker(at, 'dies');
    startWorker(mortal);
    const fate = await Promise.race([mortal.struck, advance().then(() => 'survived')]);
    startWorker();
    const db = await device.worker.database();
    const there = await subscribed();
    for (const { address, state } of await rows()) {
      expect(state.kind === 'added', `${fate} at ${at}`).toBe(there.includes(address));
    }
    await advanceUntilIdle();
    expect(await kinds(), `${fate} at ${at}`).toEqual(['added', 'added']);
    expect(await db.count('episodes')).toBe(1 + 4);
    for (const { id, feedUrl: url } of await listPodcasts(db)) {
      if (url.includes('feed-')) await device.command(unsubscribeFromPodcast, { podcastId: id });
    }
    if (fate === 'survived') break;
    expect(at).toBeLessThan(200);
  }
}, 120_000);
