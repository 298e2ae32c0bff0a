import type { AttemptId, EpisodeId } from '../../../core/model/ids.ts';
import { answerMedia } from '../../downloads/serve-media.ts';
import { baseUrl } from '../bare-context.ts';
import { behind, pageOf } from './device.ts';
import { happenToDevice } from './device-happenings.ts';
import type { Page } from './page.ts';
import type { Happening } from './schedule.ts';
import type { Stage } from './stage.ts';

/** Makes one thing happen. What takes its time goes on behind. */
export function happen(stage: Stage, what: Happening): void {
  const { world, browser } = stage;
  world.note(`happening: ${JSON.stringify(what)}`);
  switch (what.kind) {
    case 'press':
      behind(stage, pageOf(stage, what.page).press(what.command, episodeOf(stage, what.episode)));
      return;
    case 'freeze-page':
      freeze(stage, browser.openPages[what.page % browser.openPages.length], what.forMs);
      return;
    case 'end-browser':
      endBrowser(stage, what);
      return;
    case 'go-offline':
      world.strike('offline');
      behind(stage, flap(stage, what));
      return;
    case 'two-workers':
      // The one that is at work goes on with what it has begun; the next event wakes another.
      browser.succeed();
      behind(stage, browser.sync(false));
      return;
    case 'press-in-work': {
      const press = () =>
        pageOf(stage, 0).press(what.command, episodeOf(stage, what.episode), true);
      browser.wake().callIn(what.afterOperations, () => behind(stage, press()));
      return;
    }
    case 'at-moment':
      stage.moments.await({ ...what, episodeId: episodeOf(stage, what.episode) });
      return;
    case 'republish':
      stage.origins.get(episodeOf(stage, what.episode))?.retouch();
      return;
    case 'fail-next':
      stage.origins.get(episodeOf(stage, what.episode))?.failNext(what.fault);
      return;
    case 'evict-segment':
      evictSegment(stage, what.episode);
      return;
    case 'evict-everything':
      evictEverything(stage);
      return;
    case 'sync':
      behind(stage, browser.sync(what.lastChance));
      return;
    case 'switch-engine':
      world.strike('background-fetch-gone');
      if (browser.hasBackgroundFetch) browser.background.vanish();
      browser.hasBackgroundFetch = !browser.hasBackgroundFetch;
      browser.life?.mortal.die();
      return;
    case 'play':
      behind(stage, play(stage, episodeOf(stage, what.episode)));
      return;
    case 'user-aborts-fetch': {
      const [registration] = browser.background.live;
      if (!registration) return;
      world.strike('aborted-by-user');
      browser.background.onUserAbort(registration);
      return;
    }
    default:
      happenToDevice(stage, what);
  }
}

function episodeOf({ episodeIds }: Stage, index: number): EpisodeId {
  const id = episodeIds[index % episodeIds.length];
  if (!id) throw new Error('there is no episode');
  return id;
}

function freeze({ world }: Stage, page: Page | undefined, forMs: number): void {
  if (!page) return;
  world.strike('page-frozen');
  page.isFrozen = true;
  world.time.after(forMs, () => {
    page.isFrozen = false;
  });
}

function endBrowser(
  { world, browser, openPage }: Stage,
  { manner, forMs }: { manner: 'killed' | 'closed'; forMs: number },
): void {
  world.strike(manner === 'killed' ? 'browser-killed' : 'browser-closed');
  browser.end();
  world.time.after(forMs, () => {
    browser.background.restart(manner);
    openPage();
  });
}

async function flap({ world, browser }: Stage, { forMs, times }: { forMs: number; times: number }) {
  for (let turn = 0; turn < times && !world.isCalm; turn += 1) {
    world.isOnline = false;
    await world.time.pause(forMs / times);
    if (world.isCalm) return;
    world.isOnline = true;
    for (const page of browser.openPages) page.hear();
    await world.time.pause(forMs / times);
  }
}

function evictSegment(stage: Stage, episode: number | undefined): void {
  const { world, storage, invariants } = stage;
  // No browser takes anything from under a transaction.
  if (storage.isBusy) {
    world.time.after(1, () => evictSegment(stage, episode));
    return;
  }
  const { segments, attempts } = storage.rows();
  const owner = episode === undefined ? undefined : episodeOf(stage, episode);
  const isMeant = (id: AttemptId) =>
    !owner || attempts.some((attempt) => attempt.id === id && attempt.episodeId === owner);
  const meant = segments.filter(({ attemptId }) => isMeant(attemptId));
  if (meant.length === 0) return;
  const segment = world.dice.pick(meant);
  world.strike('segment-evicted');
  invariants.bereft.add(segment.attemptId);
  storage.evict(segment);
}

/** The browser takes a whole origin, while nothing of it is open. */
function evictEverything({ world, browser, storage, invariants, wishes, openPage }: Stage): void {
  world.strike('everything-evicted');
  browser.end();
  browser.background.vanish();
  storage.evictAll();
  browser.caches.clear();
  invariants.forget();
  wishes.forgetAll();
  openPage();
}

/** Listens to a part of an episode, wherever its bytes are; what comes must be right. */
async function play({ world, browser, origins }: Stage, episodeId: EpisodeId): Promise<void> {
  const origin = origins.get(episodeId);
  if (!origin) return;
  const first = world.dice.between(0, 300_000);
  const range = world.dice.pick([
    `bytes=${first}-`,
    `bytes=${first}-${first + 9_999}`,
    'bytes=-5000',
  ]);
  const request = new Request(new URL(`media/${episodeId}`, baseUrl), { headers: { range } });
  const { status, headers, bytes } = await browser.handle(async (context) => {
    const response = await answerMedia(request, episodeId, context);
    return {
      status: response.status,
      headers: response.headers,
      bytes: new Uint8Array(await response.arrayBuffer()),
    };
  });
  world.note(`plays ${range}: ${status}, ${bytes.byteLength} bytes`);
  if (status !== 206) return;
  const [, start = 0, end = 0, total = 0] =
    /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers.get('content-range') ?? '')?.map(Number) ?? [];
  const isRight =
    bytes.byteLength === end - start + 1 &&
    origin.versions.some(
      ({ content }) =>
        content.byteLength === total &&
        Buffer.compare(content.subarray(start, end + 1), bytes) === 0,
    );
  if (!isRight)
    world.violate(`${episodeId}: S1: what plays at ${range} is of no version (corrupt)`);
}
