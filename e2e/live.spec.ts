import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AppPage } from './support/app-page.ts';
import { wav } from './support/audio-body.ts';
import { type Carrier, countLines, openLines, refuse } from './support/live-lines.ts';
import type { OriginFeed } from './support/podcast-origin.ts';
import { TcpProxy } from './support/tcp-proxy.ts';
import { expect, test } from './support/test.ts';

// What a feed says of its pace is hours; a test does not wait for them.
test.use({ serverEnv: { GATEWAY_POLL_MIN_S: '0.2', GATEWAY_POLL_MAX_S: '0.2' } });

const audio = (seed: number) => wav({ durationS: 10, seed });

/** Waits until the gateway looks at the feed by itself, and so somebody follows it. */
async function isFollowed({ resource }: OriginFeed): Promise<void> {
  const before = resource.requests.length;
  await expect.poll(() => resource.requests.length).toBeGreaterThan(before + 1);
}

/** Waits until the gateway has seen that the feed is another one now. */
async function publishedAndSeen(feed: OriginFeed, title: string): Promise<void> {
  const wholes = () => feed.resource.requests.filter(({ status }) => status === 200).length;
  const before = wholes();
  feed.publish({ title, audio: audio(100) });
  await expect.poll(wholes).toBeGreaterThan(before);
  await isFollowed(feed);
}

const WAYS: { by: string; without: Carrier }[] = [
  { by: 'WebSocket', without: 'EventSource' },
  { by: 'server-sent events, where no WebSocket opens', without: 'WebSocket' },
];

for (const { by, without } of WAYS) {
  test(`a new episode appears in the open page by ${by}`, async ({ page, origin }) => {
    await refuse(page, without);
    const app = new AppPage(page);
    await app.open();
    const first = origin.addFeed({ title: 'Daily', episodes: [{ title: 'One', audio: audio(1) }] });
    await app.subscribe(first.url);
    await app.episode('One').waitForStatus('Not downloaded');
    await isFollowed(first);
    first.publish({ title: 'Two', audio: audio(2) });
    await app.episode('Two').waitForStatus('Not downloaded');

    // Subscribed to while connected.
    await app.go('Library');
    const second = origin.addFeed({ title: 'Weekly', episodes: [{ title: 'A', audio: audio(3) }] });
    await app.subscribe(second.url);
    await app.episode('A').waitForStatus('Not downloaded');
    await isFollowed(second);
    second.publish({ title: 'B', audio: audio(4) });
    await app.episode('B').waitForStatus('Not downloaded');
  });

  test(`what was missed while the connection was cut arrives by ${by}`, async ({
    page,
    origin,
    server,
  }) => {
    const line = await TcpProxy.start(server.port);
    try {
      await refuse(page, without);
      const app = new AppPage(page);
      await app.open(`http://${line.host}/`);
      const feed = origin.addFeed({ title: 'Cut', episodes: [{ title: 'One', audio: audio(5) }] });
      await app.subscribe(feed.url);
      await isFollowed(feed);
      feed.publish({ title: 'Two', audio: audio(6) });
      await app.episode('Two').waitForStatus('Not downloaded');

      await line.down();
      // The gateway sees these changes once: only what it remembers of them can arrive later.
      await publishedAndSeen(feed, 'Three');
      await publishedAndSeen(feed, 'Four');
      await line.up();
      await app.episode('Three').waitForStatus('Not downloaded');
      await app.episode('Four').waitForStatus('Not downloaded');
    } finally {
      await line.close();
    }
  });
}

test('a server that begins anew has the page look again', async ({ app, origin, server }) => {
  const feed = origin.addFeed({ title: 'Reborn', episodes: [{ title: 'One', audio: audio(7) }] });
  // Nothing to compare but the content: a server that has not seen the old one knows no change.
  feed.resource.set({ etag: 'none' });
  await app.subscribe(feed.url);
  await isFollowed(feed);
  feed.publish({ title: 'Two', audio: audio(8) });
  await app.episode('Two').waitForStatus('Not downloaded');
  await server.stop();
  feed.publish({ title: 'Three', audio: audio(13) });
  await server.restart();
  await app.episode('Three').waitForStatus('Not downloaded');
});

test('one of two tabs listens for both, and the other takes over', async ({
  page,
  origin,
  profile,
}) => {
  await countLines(page);
  const app = new AppPage(page);
  await app.open();
  const feed = origin.addFeed({ title: 'Twice', episodes: [{ title: 'One', audio: audio(9) }] });
  await app.subscribe(feed.url);
  await expect.poll(() => openLines(page)).toBe(1);

  const otherPage = await profile.context.newPage();
  await countLines(otherPage);
  const other = new AppPage(otherPage);
  await other.open('/#/episodes');
  await other.episode('One').waitForStatus('Not downloaded');
  await isFollowed(feed);
  feed.publish({ title: 'Two', audio: audio(10) });
  await other.episode('Two').waitForStatus('Not downloaded');
  expect((await openLines(page)) + (await openLines(otherPage))).toBe(1);

  await page.close();
  await expect.poll(() => openLines(otherPage)).toBe(1);
  feed.publish({ title: 'Three', audio: audio(11) });
  await other.episode('Three').waitForStatus('Not downloaded');
});

test('a page that nobody looks at lets go, and catches up when it is looked at again', async ({
  page,
  origin,
}) => {
  await countLines(page);
  const app = new AppPage(page);
  await app.open();
  const feed = origin.addFeed({ title: 'Unseen', episodes: [{ title: 'One', audio: audio(12) }] });
  await app.subscribe(feed.url);
  await expect.poll(() => openLines(page)).toBe(1);
  await isFollowed(feed);

  await setHidden(app, true);
  await expect.poll(() => openLines(page)).toBe(0);
  await publishedAndSeen(feed, 'Two');
  await setHidden(app, false);
  await app.episode('Two').waitForStatus('Not downloaded');
});

test('where there is no gateway, the page asks once and is quiet', async ({ page, origin }) => {
  const asked: string[] = [];
  const host = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    if (pathname.startsWith('/api/live')) asked.push(`${request.method} ${pathname}`);
    const file = join(appFolder, pathname === '/' ? 'index.html' : pathname);
    const type = CONTENT_TYPES[extname(file)];
    if (request.method !== 'GET') response.writeHead(405).end('<h1>Not allowed</h1>');
    else if (!type || !existsSync(file)) response.writeHead(404).end('<h1>Not found</h1>');
    else createReadStream(file).pipe(response.setHeader('content-type', type));
  });
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
  try {
    const app = new AppPage(page);
    await app.open(`http://127.0.0.1:${(host.address() as AddressInfo).port}/`);
    for (const [seed, title] of ['Plain', 'Static', 'Files'].entries()) {
      const feed = origin.addFeed({
        title,
        episodes: [{ title: `Of ${title}`, audio: audio(seed) }],
      });
      await app.go('Library');
      await app.subscribe(feed.url);
      await app.episode(`Of ${title}`).waitForStatus('Not downloaded');
    }
    expect(asked).toEqual(['POST /api/live/follows']);
  } finally {
    host.closeAllConnections();
    await new Promise((resolve) => host.close(resolve));
  }
});

const appFolder = fileURLToPath(new URL('../dist/app', import.meta.url));

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
};

/** No headless browser hides a page: it is told so, by the same event and property. */
function setHidden({ page }: AppPage, isHidden: boolean): Promise<void> {
  return page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
    document.dispatchEvent(new Event('visibilitychange'));
  }, isHidden);
}
