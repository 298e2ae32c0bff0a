import type { FeedRequest } from '../../core/api/feed-request.ts';
import type { FeedResult } from '../../core/api/feeds.ts';
import { type ParsedEpisode, type ParsedFeed, SILENT_FEED } from '../../core/model/parsed-feed.ts';
import type { WorkerContext } from '../context.ts';

/** The gateway's side of feeds: what each address has now, and who asked for what. */
export class FeedServer {
  /** Newest first, by the feed's address; one that is not here has not changed. */
  readonly feeds = new Map<string, ParsedEpisode[]>();
  /** How a feed is answered instead. */
  readonly results = new Map<string, FeedResult>();
  /** The requests, each with the addresses that it asked for. */
  readonly asked: string[][] = [];
  /** Called for every request before it is answered. */
  onAsked: (urls: string[]) => void = () => undefined;

  /** Puts this gateway in a worker's way to it. */
  wrap({ fetch }: Pick<WorkerContext, 'fetch'>): Pick<WorkerContext, 'fetch'> {
    return {
      fetch: async (input, init) => {
        if (!String(input).endsWith('/api/feeds')) return fetch(input, init);
        // Whatever the device puts in the way of its network, it puts in this one's too.
        const { feeds }: { feeds: FeedRequest[] } = JSON.parse(String(init?.body));
        const urls = feeds.map(({ url }) => url);
        this.asked.push(urls);
        this.onAsked(urls);
        return Response.json({ results: urls.map((url) => this.answer(url)) });
      },
    };
  }

  /** Publishes one more, on top. */
  publish(url: string, ...episodes: ParsedEpisode[]): void {
    this.feeds.set(url, [...episodes, ...(this.feeds.get(url) ?? [])]);
  }

  private answer(url: string): FeedResult {
    const given = this.results.get(url);
    if (given) return given;
    const episodes = this.feeds.get(url);
    if (!episodes) return { status: 'not-modified' };
    return { status: 'fetched', feedUrl: url, feed: { ...NOTHING, episodes }, relayTokens: [] };
  }
}

const NOTHING: ParsedFeed = {
  title: 'A podcast',
  ...SILENT_FEED,
  episodes: [],
};

/** An item of a feed, with audio of its own at the device's podcast host. */
export function anItem(guid: string, facts: Partial<ParsedEpisode> = {}): ParsedEpisode {
  return {
    guid,
    title: `Title of ${guid}`,
    link: undefined,
    description: undefined,
    publishedAt: Date.UTC(2026, 9, 31),
    durationS: undefined,
    explicit: undefined,
    season: undefined,
    episode: undefined,
    kind: undefined,
    imageUrl: undefined,
    enclosure: {
      url: `https://podcast.example/${guid}.mp3`,
      type: 'audio/mpeg',
      sizeBytes: undefined,
    },
    alternateEnclosures: [],
    chaptersUrl: undefined,
    chapters: [],
    transcripts: [],
    persons: [],
    ...facts,
  };
}
