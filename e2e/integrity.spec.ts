import { createHash } from 'node:crypto';
import { AppPage } from './support/app-page.ts';
import { type Body, noise, wav } from './support/audio-body.ts';
import { damageSegment } from './support/damage.ts';
import { digestOfPlayedAudio } from './support/player.ts';
import { StaticSite } from './support/static-site.ts';
import { expect, test } from './support/test.ts';

function sri(audio: Body): string {
  const digest = createHash('sha384').update(audio.read(0, audio.sizeBytes)).digest('base64');
  return `sha384-${digest}`;
}

test('what the feed promises is what comes here, or nothing is kept', async ({ app, origin }) => {
  const audio = wav({ durationS: 300, seed: 61 });
  const integrity = sri(audio);
  const feed = origin.addFeed({
    title: 'Promised',
    episodes: [
      { title: 'Kept Promise', audio, integrity },
      { title: 'Broken Promise', audio: wav({ durationS: 300, seed: 62 }), integrity },
    ],
  });
  await app.subscribe(feed.url);
  const kept = app.episode('Kept Promise');
  const broken = app.episode('Broken Promise');
  await kept.download();
  await broken.download();
  await kept.waitForStatus('Downloaded');
  await broken.waitForStatus('Failed');
  await expect(broken.locator).toContainText('is not the one its maker promises');
  await kept.play();
  await app.player.isPlaying();
  expect((await digestOfPlayedAudio(app.page)).sha256).toBe(feed.episode('Kept Promise').digest());

  // Its host has the right file now: one press, and it is here.
  feed.episode('Broken Promise').replaceAudio(audio);
  await broken.download();
  await broken.waitForStatus('Downloaded');
});

test('a smaller copy can be chosen before the download', async ({ app, origin }) => {
  const small = wav({ durationS: 200, seed: 64 });
  const feed = origin.addFeed({
    title: 'Two Sizes',
    episodes: [
      {
        title: 'Either Way',
        audio: wav({ durationS: 200, seed: 63, bytesPerSample: 2 }),
        copies: [{ audio: small, bitrate: 64_000 }],
      },
    ],
  });
  await app.subscribe(feed.url);
  await app.page.getByRole('link', { name: 'Either Way' }).click();
  await expect(app.page.getByRole('button', { name: 'Download Either Way' })).toBeVisible();
  await app.page.getByText('Other sizes of this episode').click();
  await app.page.getByRole('button', { name: 'Get Either Way as WAV, 1.6 MB, 64 kbit/s' }).click();
  await expect(app.page.getByText('Downloaded', { exact: true })).toBeVisible();
  await app.page.getByRole('button', { name: 'Play Either Way' }).click();
  await app.player.isPlaying();
  const { sha256 } = await digestOfPlayedAudio(app.page);
  expect(sha256).toBe(createHash('sha256').update(small.read(0, small.sizeBytes)).digest('hex'));
  expect(feed.episode('Either Way').bytesSent).toBe(0);
});

test('a flipped bit in the store is found, and its segment fetched again', async ({
  app,
  origin,
}) => {
  const audio = noise({ sizeBytes: 3_000_000, seed: 65 });
  const feed = origin.addFeed({ title: 'Old Disk', episodes: [{ title: 'Bit Rot', audio }] });
  const episode = feed.episode('Bit Rot');
  await app.subscribe(feed.url);
  const row = app.episode('Bit Rot');
  await row.download();
  await row.waitForStatus('Downloaded');
  const before = episode.requests.length;

  await damageSegment(app.page, 3);
  await app.reload();
  await expect.poll(() => episode.requests.length).toBe(before + 1);
  await row.waitForStatus('Downloaded');
  const [request] = episode.requests.slice(before);
  expect(request?.range).toBe(`bytes=${3 * 262_144}-${4 * 262_144 - 1}`);
  await row.play();
  expect((await digestOfPlayedAudio(app.page)).sha256).toBe(episode.digest());
});

test('a flipped bit in the store of an episode that has changed since is said', async ({
  app,
  origin,
}) => {
  const audio = noise({ sizeBytes: 3_000_000, seed: 66 });
  const feed = origin.addFeed({ title: 'Moved On', episodes: [{ title: 'New Cut', audio }] });
  await app.subscribe(feed.url);
  const row = app.episode('New Cut');
  await row.download();
  await row.waitForStatus('Downloaded');
  feed.episode('New Cut').replaceAudio(noise({ sizeBytes: 3_000_000, seed: 67 }));
  await damageSegment(app.page, 5);
  await app.reload();
  await row.waitForStatus('Removed by the browser');
  await row.download();
  await row.waitForStatus('Downloaded');
});

test('without a gateway, it is said before any Download what can only be played', async ({
  page,
  origin,
}) => {
  const site = await StaticSite.start('/');
  try {
    const app = new AppPage(page);
    await app.open(site.address);
    const audio = wav({ durationS: 20, seed: 68 });
    const behaviour = { cors: false };
    const feed = origin.addFeed({
      title: 'Streams Only',
      episodes: [
        { title: 'One', audio, behaviour },
        { title: 'Two', audio, behaviour },
      ],
    });
    await app.subscribe(feed.url);
    await expect(app.episode('One').locator).toContainText('plays only online');
    await expect(app.episode('Two').locator).toContainText('plays only online');
    await app.episode('Two').waitForStatus('Not downloaded');
    // The host has thought better of it: Download asks it again.
    for (const episode of feed.episodes) episode.set({ cors: true });
    await app.episode('Two').download();
    await app.episode('Two').waitForStatus('Downloaded');
    await expect(app.episode('One').locator).not.toContainText('plays only online');
  } finally {
    await site.stop();
  }
});
