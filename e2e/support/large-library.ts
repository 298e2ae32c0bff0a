import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { pngSquare } from './artwork.ts';
import { type FeedContent, feedXml } from './feed-xml.ts';

const NEWEST_AT = Date.UTC(2026, 9, 1, 6);
const DAY_MS = 24 * 60 * 60_000;
const VOCABULARY = 30_000;
const SYLLABLES = [
  'ba',
  'co',
  'den',
  'fir',
  'gu',
  'lan',
  'mo',
  'ner',
  'pa',
  'qui',
  'ro',
  'sti',
  'tu',
];
const AT_ONCE = 4;

export interface LibrarySize {
  podcasts: number;
  episodesPerPodcast: number;
}

/** As large as a library gets: 200 podcasts, 100,000 episodes. */
export const LARGE: LibrarySize = { podcasts: 200, episodesPerPodcast: 500 };

/**
 * One feed of a large library, the same for the same number: titles of some words, notes of about 900
 * characters, words as often as in a language (Zipf).
 */
export function largeFeed(number: number, episodes: number): FeedContent {
  const random = seededRandom(number + 1);
  const words = (count: number) => Array.from({ length: count }, () => wordOf(random));
  const sentence = (count: number) => capital(words(count).join(' '));
  return {
    title: `${sentence(2)} ${number}`,
    description: `<p>${sentence(30)}.</p>`,
    imagePath: '/cover.png',
    episodes: Array.from({ length: episodes }, (_, index) => ({
      title: `${sentence(4 + Math.floor(random() * 5))}`,
      guid: `${number}-${index}`,
      publishedAt: NEWEST_AT - index * 7 * DAY_MS - number * 60_000,
      durationS: 600 + Math.floor(random() * 6000),
      description: `<p>${sentence(60)}.</p><p>With <a href="https://example.org/">${sentence(3)}</a>: ${sentence(60)}.</p>`,
      enclosure: { path: `/${number}/${index}.mp3`, contentType: 'audio/mpeg', sizeBytes: 5e7 },
      imagePath: undefined,
      chaptersPath: undefined,
      transcriptPath: undefined,
      integrity: undefined,
      copies: [],
    })),
  };
}

/** A host for such a library. Each feed is written when it is asked for. */
export class LargeLibrary {
  private readonly server: Server;
  private readonly size: LibrarySize;

  private constructor(server: Server, size: LibrarySize) {
    this.server = server;
    this.size = size;
  }

  static async start(size: LibrarySize): Promise<LargeLibrary> {
    const server = createServer();
    const library = new LargeLibrary(server, size);
    const cover = pngSquare(100, [38, 70, 83]);
    server.on('request', (request, response) => {
      response.setHeader('Access-Control-Allow-Origin', '*');
      const number = /^\/(\d+)\.xml$/.exec(request.url ?? '')?.[1];
      // Feeds stay as they are: a second reading must not cost this machine what the first one did.
      if (number && request.headers['if-none-match']) response.writeHead(304).end();
      else if (number) {
        const feed = largeFeed(Number(number), size.episodesPerPodcast);
        response.setHeader('Content-Type', 'application/rss+xml').setHeader('ETag', '"1"');
        response.end(feedXml(feed, `http://${library.host}`));
      } else if (request.url === '/cover.png') {
        response.setHeader('Content-Type', 'image/png').end(cover);
      } else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return library;
  }

  /** `host:port`, as the gateway's allow-list wants it. */
  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get feedUrls(): string[] {
    return Array.from({ length: this.size.podcasts }, (_, n) => `http://${this.host}/${n}.xml`);
  }

  /** Has the page's own worker subscribe to all of it, some at a time; throws where one fails. */
  async subscribeToAll(page: Page): Promise<void> {
    await page.evaluate(subscribe, { addresses: this.feedUrls, atOnce: AT_ONCE });
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }
}

/** Runs in the page. */
async function subscribe(options: { addresses: string[]; atOnce: number }): Promise<void> {
  const worker = (await navigator.serviceWorker.ready).active;
  const waiting = options.addresses.values();
  const ask = (address: string) =>
    new Promise<void>((resolve, reject) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => {
        if (data.kind === 'accepted') return;
        if (data.result?.ok) resolve();
        else reject(new Error(`${address}: ${JSON.stringify(data)}`));
        port1.close();
      };
      const id = crypto.randomUUID();
      const envelope = { protocol: 1, kind: 'request', id, type: 'podcast/subscribe' };
      worker?.postMessage({ ...envelope, params: { address } }, [port2]);
    });
  // Every lane takes from the same iterator, so each address is taken once.
  const lane = async () => {
    for (const address of waiting) await ask(address);
  };
  await Promise.all(Array.from({ length: options.atOnce }, lane));
}

/** Log-uniform ranks: the tenth word comes a tenth as often as the first. */
function wordOf(random: () => number): string {
  let rank = Math.floor(VOCABULARY ** random()) + 20;
  let word = '';
  for (; rank > 0; rank = Math.floor(rank / SYLLABLES.length)) {
    word += SYLLABLES[rank % SYLLABLES.length];
  }
  return word;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Mulberry32. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
