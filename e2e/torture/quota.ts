import { noise } from '../support/audio-body.ts';
import { audit, newTally, note, type Tally } from './tally.ts';
import { openApp, type World } from './world.ts';

const SEGMENT_BYTES = 262_144;
const SEGMENTS = 16;
/** What the rows need that say what is wanted, and what came of it. */
const FOR_ROWS_BYTES = 240_000;
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
  // Once, because what was deleted still counts for a while.
  const used = await usedBytes(world);
  for (const segments of roomFor) {
    const roomBytes = segments * SEGMENT_BYTES + FOR_ROWS_BYTES;
    const giveRoom = await startWithQuota(world, used + roomBytes);
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

/** What the app uses, as far as the browser has counted it. */
export async function usedBytes({ server, profile }: World): Promise<number> {
  const session = await profile.context.newCDPSession(await profile.page());
  const { usage } = await session.send('Storage.getUsageAndQuota', { origin: server.address });
  return usage;
}

/**
 * Starts the browser anew, with so much space for the app and no more: until the browser ends,
 * IndexedDB remembers for half a minute how much room there was.
 * @returns what gives all the space back
 */
export async function startWithQuota(
  { server, profile }: World,
  quotaSize: number,
): Promise<() => Promise<void>> {
  await profile.close();
  await profile.relaunch();
  const session = await profile.context.newCDPSession(await profile.page());
  const { address: origin } = server;
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize });
  return async () => {
    await session.send('Storage.overrideQuotaForOrigin', { origin });
  };
}
