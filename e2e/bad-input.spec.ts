import { noise, wav } from './support/audio-body.ts';
import type { PodcastOrigin } from './support/podcast-origin.ts';
import { expect, test } from './support/test.ts';

/** What is typed, and what the app says to it. */
const ADDRESSES: { what: string; address: (origin: PodcastOrigin) => string; says: RegExp }[] = [
  { what: 'no address', address: () => 'my favourite show', says: /does not look like an address/ },
  {
    what: 'a web page',
    address: (origin) => {
      const html = '<!doctype html><title>A page</title><p>Hello, I am a page.';
      return origin.addPage('/page', html, 'text/html').url;
    },
    says: /no podcast|not a podcast|web page/i,
  },
  {
    what: 'a broken feed',
    address: (origin) => {
      const xml = '<?xml version="1.0"?><rss version="2.0"><channel><title>Cut</title><item><ti';
      return origin.addPage('/broken.xml', xml, 'application/rss+xml').url;
    },
    says: /broken|damaged|cannot be read|could not be read/i,
  },
  {
    what: 'a feed without audio',
    address: (origin) => {
      const xml = `<?xml version="1.0"?><rss version="2.0"><channel><title>Blog</title>
        <item><title>Words only</title></item></channel></rss>`;
      return origin.addPage('/blog.xml', xml, 'application/rss+xml').url;
    },
    says: /audio/i,
  },
  { what: 'nothing there', address: (origin) => `http://${origin.host}/none.xml`, says: /404/ },
  {
    what: 'a refused address',
    address: () => 'http://192.168.1.1/feed.xml',
    says: /private network/,
  },
  {
    what: 'nobody there',
    address: () => 'https://nobody.invalid/feed.xml',
    says: /does not answer|cannot be reached|could not be reached/i,
  },
];

test('each wrong address gets one sentence, and leaves nothing behind', async ({ app, origin }) => {
  for (const { what, address, says } of ADDRESSES) {
    await test.step(what, async () => {
      await app.subscribe(address(origin));
      await expect(app.page.getByRole('alert').filter({ hasText: says })).toBeVisible();
    });
  }
  await app.reload();
  await expect(app.page.getByRole('button', { name: 'Try the sample podcast' })).toBeVisible();
});

test('a host that answers with a web page fails one download, and disturbs no other', async ({
  app,
  origin,
}) => {
  const feed = origin.addFeed({
    title: 'Behind a Portal',
    episodes: [
      {
        title: 'Caught',
        audio: noise({ sizeBytes: 900_000, seed: 31 }),
        behaviour: { html: true },
      },
      { title: 'Gone', audio: noise({ sizeBytes: 900_000, seed: 32 }), behaviour: { status: 410 } },
      { title: 'Fine', audio: wav({ durationS: 120, seed: 33 }) },
    ],
  });
  await app.subscribe(feed.url);
  for (const title of ['Caught', 'Gone', 'Fine']) await app.episode(title).download();
  await app.episode('Caught').waitForStatus('Failed');
  await expect(app.episode('Caught').locator).toContainText(/not audio|no audio|web page/i);
  await app.episode('Gone').waitForStatus('Failed');
  await expect(app.episode('Gone').locator).toContainText('410');
  await app.episode('Fine').waitForStatus('Downloaded');

  feed.episode('Caught').set({ html: false });
  await app.episode('Caught').download();
  await app.episode('Caught').waitForStatus('Downloaded');
});
