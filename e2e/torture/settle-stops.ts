import { setTimeout as delay } from 'node:timers/promises';
import { AppPage } from '../support/app-page.ts';
import { noise } from '../support/audio-body.ts';
import { heldByBrowser } from '../support/background-fetch.ts';
import { WakeUpCalls } from '../support/wake-up-calls.ts';
import { audit, newTally, note, type Tally } from './tally.ts';
import { openApp, type World } from './world.ts';

/** A settle event harvests for about so long. */
const LONGEST_EVENT_MS = 150;
const SIZE_BYTES = 6_000_000;

/**
 * The worker is ended during the settle event of a Background Fetch, which is not delivered again.
 * Every tab is closed meanwhile, so that no step has harvested anything before.
 */
export async function settleStops(world: World, times: number): Promise<Tally> {
  const { origin, profile, server } = world;
  const tally = newTally();
  const title = 'Unsettled';
  const audio = noise({ sizeBytes: SIZE_BYTES, seed: 61 });
  const feed = origin.addFeed({ title: 'Last Moments', episodes: [{ title, audio }] });
  const episode = feed.episode(title);
  let app = await openApp(world);
  const watcher = await profile.context.newPage();
  const calls = await WakeUpCalls.through(watcher, server.address);
  await app.subscribe(feed.url);
  await app.episode(title).waitForStatus('Not downloaded');
  let cutShort = 0;
  for (; tally.times < times; tally.times += 1) {
    const before = episode.bytesSent;
    const requestsBefore = episode.requests.length;
    // The last bytes are held back until nobody but the event can take them.
    episode.set({ bytesPerSecond: 200_000 });
    await app.episode(title).download();
    while ((await heldByBrowser(app.page)) === 0) await delay(50);
    while (episode.requests.length < requestsBefore + 2) await delay(20);
    await app.page.close();
    await calls.stopWorkers();
    episode.set({ bytesPerSecond: Number.POSITIVE_INFINITY });
    await calls.workerStarts();
    await delay(Math.random() * LONGEST_EVENT_MS);
    await calls.stopWorkers();

    app = new AppPage(await profile.context.newPage());
    await app.open('/#/episodes');
    await app.episode(title).waitForStatus('Downloaded', { timeoutMs: 120_000 });
    await audit(app.page, feed, tally);
    const fetched = episode.bytesSent - before;
    if (fetched > SIZE_BYTES * 1.3) cutShort += 1;
    if (fetched > SIZE_BYTES * 2.2) note(tally, 'doubled', `${fetched} of ${SIZE_BYTES} bytes`);
    await app.episode(title).delete();
    await app.episode(title).waitForStatus('Not downloaded');
  }
  tally.remarks.push(`${cutShort} of ${times} lost unharvested records, and asked for them again`);
  return tally;
}
