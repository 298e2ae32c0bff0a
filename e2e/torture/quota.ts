import { noise } from '../support/audio-body.ts';
import { audit, newTally, note, type Tally } from './tally.ts';
import { openApp, type World } from './world.ts';

const SEGMENT_BYTES = 262_144;
const SEGMENTS = 16;
/** What the rows need that say what is wanted, and what came of it. */
const FOR_ROWS_BYTES = 100_000;
const KEPT = 'Kept';
const TIGHT = 'Tight';

/**
 * There is room for so many segments and no more, for each of these numbers: the download waits and
 * says so, what was here is untouched, and once there is room it comes.
 */
export async function quota(world: World, roomFor: readonly number[]): Promise<Tally> {
  const { origin } = world;
  const tally = newTally();
  const feed = origin.addFeed({
    title: 'Small Device',
    episodes: [
      { title: KEPT, audio: noise({ sizeBytes: 600_000, seed: 71 }) },
      { title: TIGHT, audio: noise({ sizeBytes: SEGMENTS * SEGMENT_BYTES, seed: 72 }) },
    ],
  });
  let app = await openApp(world);
  await app.subscribe(feed.url);
  await app.episode(KEPT).download();
  await app.episode(KEPT).waitForStatus('Downloaded');
  for (const segments of roomFor) {
    const giveRoom = await startWithRoomFor(world, segments * SEGMENT_BYTES + FOR_ROWS_BYTES);
    app = await openApp(world, '/#/episodes');
    const row = app.episode(TIGHT);
    await row.download();
    await row.waitForStatus('Paused', { timeoutMs: 60_000 });
    const { episodes } = await audit(app.page, feed, tally);
    const kept = episodes.find(({ title }) => title === KEPT);
    if (kept?.state !== 'committed') note(tally, 'lost', `${KEPT} is ${kept?.state}`);
    const tight = episodes.find(({ title }) => title === TIGHT);
    if (tight?.state !== 'paused:space') note(tally, 'lost', `${TIGHT} is ${tight?.state}`);
    await giveRoom();
    await row.button('Resume').click();
    await row.waitForStatus('Downloaded', { timeoutMs: 60_000 });
    await audit(app.page, feed, tally);
    await row.delete();
    await row.waitForStatus('Not downloaded');
    tally.times += 1;
  }
  return tally;
}

/**
 * Starts the browser anew, with so much room for the app and no more beside what it uses now: until
 * the browser ends, IndexedDB remembers for half a minute how much room there was.
 * @returns what gives all the room back
 */
export async function startWithRoomFor(
  { server, profile }: World,
  roomBytes: number,
): Promise<() => Promise<void>> {
  const { address: origin } = server;
  const ask = async () => profile.context.newCDPSession(await profile.page());
  const { usage } = await (await ask()).send('Storage.getUsageAndQuota', { origin });
  await profile.close();
  await profile.relaunch();
  const session = await ask();
  const quotaSize = usage + roomBytes;
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize });
  return async () => {
    await session.send('Storage.overrideQuotaForOrigin', { origin });
  };
}
