import { setTimeout as delay } from 'node:timers/promises';
import { noise } from '../support/audio-body.ts';
import { audit, newTally, note, type Tally } from './tally.ts';
import { openApp, type World } from './world.ts';

/** What comes through between two interruptions, on the average. */
const PIECE_BYTES = 192 * 1024;
const LOOK_MS = 5;
/**
 * Heads of answers, the overlap that proves the version, the probe: 1 to 2 %. And what had arrived but
 * not reached the worker, which Chromium drops when a connection breaks: next to nothing at this pace,
 * some hundredths while the machine is overloaded, and none of it is in our hands. Beyond this, something
 * is fetched twice for nothing.
 */
const MOST_FETCHED = 1.05;

/**
 * One file whose line breaks at random moments: reset, ended in order and too early, or gone for a
 * moment, in turn.
 */
export async function interruptions(world: World, times: number): Promise<Tally> {
  const { origin, network } = world;
  const tally = newTally();
  const sizeBytes = Math.round(PIECE_BYTES * (times * 1.4 + 4));
  const audio = noise({ sizeBytes, seed: times });
  const title = `Stubborn ${times}`;
  const feed = origin.addFeed({ title: `Broken Line ${times}`, episodes: [{ title, audio }] });
  const episode = feed.episode(title);
  episode.set({ bytesPerSecond: 1_000_000 });
  const app = await openApp(world);
  await app.subscribe(feed.urlAt(network.host));
  const row = app.episode(title);
  await row.waitForStatus('Not downloaded');
  const before = network.passedBytes;
  await row.download();
  const isOver = async () =>
    ['Downloaded', 'Failed'].includes((await row.status.textContent()) ?? '');
  while (tally.times < times && !(await isOver())) {
    await passes(network, PIECE_BYTES * (0.5 + Math.random()), isOver);
    if (tally.times % 3 === 0) network.cutAll();
    else if (tally.times % 3 === 1) network.endAll();
    else await network.down().then(() => network.up());
    tally.times += 1;
  }
  await row.waitForStatus('Downloaded', { timeoutMs: 60_000 });
  const fetched = (network.passedBytes - before) / sizeBytes;
  const requests = episode.requests.length;
  tally.remarks.push(`fetched over needed ${fetched.toFixed(3)}, ${requests} requests`);
  if (fetched > MOST_FETCHED) note(tally, 'doubled', `more than ${MOST_FETCHED}`);
  await audit(app.page, feed, tally);
  // Another trial in this browser holds what is stored against its own feed.
  await row.delete();
  await row.waitForStatus('Not downloaded');
  return tally;
}

async function passes(
  network: World['network'],
  bytes: number,
  isOver: () => Promise<boolean>,
): Promise<void> {
  const enough = network.passedBytes + bytes;
  for (let look = 1; network.passedBytes < enough; look += 1) {
    await delay(LOOK_MS);
    // An episode that ended is a figure of the report, and not a wait without end.
    if (look % 200 === 0 && (await isOver())) return;
  }
  // Not always just when something has come.
  await delay(Math.random() * 25);
}
