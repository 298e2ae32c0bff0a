import type { FeedRequest } from '../../core/api/feed-request.ts';
import { parseFeed } from '../../core/feed/parse.ts';
import type { FeedReading } from '../feeds.ts';
import type { ReadFeed } from '../live/poller.ts';
import { feedXml } from './origin.ts';

/** Feeds that a poller reads, without a network: what they say, and what was asked. */
export class ScriptedFeeds {
  readonly requests: FeedRequest[] = [];
  /** Answers by address, until another is put in its place. */
  private readonly answers = new Map<string, FeedReading>();

  readonly read: ReadFeed = async (request) => {
    this.requests.push(request);
    const answer = this.answers.get(request.url);
    if (!answer) throw new Error(`nothing is scripted for ${request.url}`);
    const { result } = answer;
    const isHeld =
      result.status === 'fetched' && result.etag !== undefined && result.etag === request.etag;
    return isHeld ? { result: { status: 'not-modified' }, paceMs: answer.paceMs } : answer;
  };

  /** From now on the feed has so many episodes. */
  publish(
    url: string,
    episodes: number,
    options: { etag?: string; lastModified?: string; paceMs?: number } = {},
  ): void {
    const urls = Array.from({ length: episodes }, (_, index) => `https://a.example/${index}.mp3`);
    const { etag, lastModified, paceMs } = options;
    const feed = parseFeed(feedXml(urls), { url });
    const result = { status: 'fetched', feedUrl: url, etag, lastModified, feed } as const;
    this.answers.set(url, { result, paceMs });
  }

  fail(url: string, paceMs?: number): void {
    const failure = { code: 'feed-unreachable' } as const;
    this.answers.set(url, { result: { status: 'failed', failure }, paceMs });
  }
}
