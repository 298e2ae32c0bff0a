import type { FeedResult } from '../../core/api/feeds.ts';
import type { OutlinesResponse } from '../../core/api/outlines.ts';
import { parseFeed } from '../../core/feed/parse.ts';

/** How the gateway answers for one feed, where it is not honest. */
export type FeedAnswer = () => FeedResult | Promise<FeedResult>;

/**
 * A gateway for the tests of what subscribes: it knows a feed with some episodes at every address,
 * unless it is told otherwise.
 */
export class FeedHosts {
  readonly asked: string[] = [];
  /** By address of the feed. */
  readonly answers = new Map<string, FeedAnswer>();
  list: OutlinesResponse = { status: 'failed', failure: { code: 'opml-empty' } };
  episodesPerFeed = 1;
  isThere = true;
  /** How many feeds are being read at this moment, and how many there were at most. */
  atOnce = 0;
  mostAtOnce = 0;

  readonly fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    if (!this.isThere) throw new TypeError('Failed to fetch');
    const request = new Request(input, init);
    const { pathname } = new URL(request.url);
    const body = await request.json();
    if (pathname === '/api/outlines') return Response.json(this.list);
    const { url } = (body as { feeds: [{ url: string }] }).feeds[0];
    this.asked.push(url);
    this.atOnce += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.atOnce);
    try {
      const answer = this.answers.get(url) ?? (() => this.feedAt(url));
      return Response.json({ results: [await answer()] });
    } finally {
      this.atOnce -= 1;
    }
  };

  feedAt(url: string, feedUrl = url): FeedResult {
    const items = Array.from({ length: this.episodesPerFeed }, (_, index) => {
      const enclosure = `<enclosure url="${feedUrl}/${index}.mp3" type="audio/mpeg"/>`;
      return `<item><title>Episode ${index}</title><guid>${index}</guid>${enclosure}</item>`;
    });
    const xml = `<rss><channel><title>Of ${feedUrl}</title>${items.join('')}</channel></rss>`;
    const feed = parseFeed(xml, { url: feedUrl });
    return { status: 'fetched', feedUrl, feed, relayTokens: [] };
  }
}
