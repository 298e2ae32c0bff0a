import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { AppPage } from '../support/app-page.ts';
import { AppServer } from '../support/app-server.ts';
import { type BrowserOptions, BrowserProfile } from '../support/browser.ts';
import { type OriginFeed, PodcastOrigin } from '../support/podcast-origin.ts';
import { bigAudio } from './big-audio.ts';

const builtApp = fileURLToPath(new URL('../../dist/app', import.meta.url));

/**
 * Without it Playwright looks at the worker's network, and Chromium keeps up to 200 MB of what comes for it.
 * Only while this app is measured: the import of a large library never ended with it.
 */
const WORKER_NETWORK = 'PLAYWRIGHT_DISABLE_SERVICE_WORKER_NETWORK';

export const CONSTANT_PATH = '/media/bench-constant';

/**
 * In front of the production worker: fetches and throws away, and answers 64 KiB of nothing, both as
 * fast as a worker can.
 */
const bareWorker = `
self.addEventListener('message', (event) => {
  const url = event.data?.discard;
  if (!url) return;
  event.stopImmediatePropagation();
  event.waitUntil((async () => {
    const startedAt = performance.now();
    const reader = (await fetch(url, { cache: 'no-store' })).body.getReader();
    while (!(await reader.read()).done);
    event.ports[0].postMessage(performance.now() - startedAt);
  })());
});
self.addEventListener('fetch', (event) => {
  if (new URL(event.request.url).pathname !== '${CONSTANT_PATH}') return;
  event.stopImmediatePropagation();
  const headers = { 'content-type': 'audio/mpeg', 'content-range': 'bytes 0-65535/65536' };
  event.respondWith(new Response(new Uint8Array(65536), { status: 206, headers }));
});
`;
const withoutBackgroundFetch = 'delete ServiceWorkerRegistration.prototype.backgroundFetch;';

/** When a download began and ended, in ms since 1970. */
export interface DownloadTimes {
  /** The worker's first look at the host. */
  lookedAt: number;
  /** The first request for a part of it. */
  beganAt: number;
  /** The host's last byte left. */
  lastByteAt: number;
  /** The page heard that it is Downloaded. */
  finishedAt: number;
}

export interface Episode {
  title: string;
  sizeBytes: number;
}

/** The production build with one podcast of big episodes, in a browser, and what it takes to time it. */
export class MeasuredApp {
  readonly profile: BrowserProfile;
  readonly page: Page;
  readonly feed: OriginFeed;
  private readonly app: AppPage;
  private readonly origin: PodcastOrigin;
  private readonly server: AppServer;
  private readonly folder: string;

  private constructor(parts: {
    profile: BrowserProfile;
    page: Page;
    feed: OriginFeed;
    app: AppPage;
    origin: PodcastOrigin;
    server: AppServer;
    folder: string;
  }) {
    this.profile = parts.profile;
    this.page = parts.page;
    this.feed = parts.feed;
    this.app = parts.app;
    this.origin = parts.origin;
    this.server = parts.server;
    this.folder = parts.folder;
  }

  /** `engine`: without Background Fetch the worker fetches by itself, as in Firefox and Safari. */
  static async start(
    options: BrowserOptions,
    engine: 'foreground' | 'background-fetch',
    episodes: readonly Episode[],
  ): Promise<MeasuredApp> {
    const taken = engine === 'foreground' ? withoutBackgroundFetch : '';
    const folder = await mkdtemp(join(tmpdir(), 'stowaway-bench-'));
    await cp(builtApp, folder, { recursive: true });
    const worker = await readFile(join(builtApp, 'sw.js'), 'utf8');
    await writeFile(join(folder, 'sw.js'), taken + bareWorker + worker);
    const origin = await PodcastOrigin.start();
    const env = { APP_FOLDER: folder };
    const server = await AppServer.start({ allowAddresses: [origin.host], env });
    const firefoxPrefs = { 'privacy.reduceTimerPrecision': false };
    process.env[WORKER_NETWORK] = '1';
    const profile = await BrowserProfile.create({ ...options, firefoxPrefs }, server.address);
    const page = await profile.page();
    await page.addInitScript(`${taken}(${noteFinished})()`);
    const feed = origin.addFeed({
      title: 'Big',
      episodes: episodes.map(({ title, sizeBytes }, seed) => ({
        title,
        audio: bigAudio({ sizeBytes, seed }),
      })),
    });
    const app = new AppPage(page);
    await app.open();
    await app.subscribe(feed.url);
    await app.episode(episodes[0]?.title ?? '').waitForStatus('Not downloaded');
    await app.worksOffline();
    return new MeasuredApp({ profile, page, feed, app, origin, server, folder });
  }

  async download({ title }: Episode): Promise<DownloadTimes> {
    const episode = this.feed.episode(title);
    const asked = episode.requests.length;
    const finished = await this.page.evaluate(finishedTimes);
    await this.app.episode(title).download();
    const times = await this.page.waitForFunction(
      (before) => {
        const { finishedAt } = window as unknown as { finishedAt: number[] };
        return finishedAt.length > before ? finishedAt : undefined;
      },
      finished.length,
      { timeout: 180_000, polling: 50 },
    );
    const [look, ...parts] = episode.requests.slice(asked);
    const since1970 = (at: number | undefined) => performance.timeOrigin + (at ?? Number.NaN);
    return {
      lookedAt: since1970(look?.at),
      beganAt: since1970(parts[0]?.at),
      lastByteAt: since1970(Math.max(...parts.map(({ sentAt }) => sentAt ?? 0))),
      finishedAt: (await times.jsonValue())?.at(-1) ?? Number.NaN,
    };
  }

  /** Does something while the episode's host sends no faster, on each connection. */
  async atPace<T>({ title }: Episode, bytesPerSecond: number, work: () => Promise<T>): Promise<T> {
    const episode = this.feed.episode(title);
    episode.set({ bytesPerSecond });
    return work().finally(() => episode.set({ bytesPerSecond: Number.POSITIVE_INFINITY }));
  }

  async delete({ title }: Episode): Promise<void> {
    const row = this.app.episode(title);
    await row.delete();
    await row.waitForStatus('Not downloaded');
  }

  /** Fetches it in the worker and throws it away; resolves with the ms that this took. */
  async discard(episode: Episode): Promise<number> {
    return this.page.evaluate(async (discard) => {
      const worker = (await navigator.serviceWorker.ready).active;
      const { port1, port2 } = new MessageChannel();
      worker?.postMessage({ discard }, [port2]);
      return new Promise<number>((resolve) => {
        port1.onmessage = ({ data }) => resolve(data as number);
      });
    }, this.addressOf(episode));
  }

  /** Where the host has its audio. */
  addressOf({ title }: Episode): string {
    return new URL(this.feed.episode(title).path, this.feed.url).href;
  }

  async close(): Promise<void> {
    await this.profile.dispose();
    delete process.env[WORKER_NETWORK];
    await this.server.close();
    await this.origin.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Runs in the page, before anything else does. */
function noteFinished(): void {
  const finishedAt: number[] = [];
  Object.assign(window, { finishedAt });
  navigator.serviceWorker.addEventListener('message', ({ data }) => {
    if (data?.broadcast?.type === 'download/finished')
      finishedAt.push(performance.timeOrigin + performance.now());
  });
}

function finishedTimes(): number[] {
  return (window as unknown as { finishedAt: number[] }).finishedAt;
}
