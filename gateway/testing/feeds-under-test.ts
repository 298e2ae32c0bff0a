import * as v from 'valibot';
import { type FeedResult, feedsResponseSchema } from '../../core/api/feeds.ts';
import type { GatewayLimits } from '../context.ts';
import { type GatewayUnderTest, startGateway } from './gateway-under-test.ts';
import { type Answer, feedXml, type Origin, startOrigin } from './origin.ts';

export const FEED = feedXml(['https://media.example/1.mp3', 'https://media.example/2.mp3']);

/** The gateway, and one host with feeds behind it. */
export interface FeedsUnderTest {
  gateway: GatewayUnderTest;
  origin: Origin;
  /** What the host does, by path; elsewhere it has nothing. `/feed.xml` is there from the start. */
  answers: Record<string, Answer>;
  /** Throws where the gateway does not answer as it promises. */
  ask(...feeds: { url: string; etag?: string; lastModified?: string }[]): Promise<FeedResult[]>;
  /** Asks for one feed of the host. */
  fetchOne(path: string): Promise<FeedResult>;
  /** Gives the host its first answers again, and forgets what it was asked for. */
  reset(): void;
  close(): Promise<void>;
}

export async function startFeeds(limits?: Partial<GatewayLimits>): Promise<FeedsUnderTest> {
  const origin = await startOrigin((request, response) => {
    const answer = feeds.answers[request.url ?? ''];
    if (answer) return answer(request, response);
    response.writeHead(404).end();
  });
  const gateway = await startGateway({ allowAddresses: [origin.address], limits });
  const firstAnswers = (): Record<string, Answer> => ({
    '/feed.xml': (_, response) => response.end(FEED),
  });
  const feeds: FeedsUnderTest = {
    gateway,
    origin,
    answers: firstAnswers(),
    async ask(...asked) {
      const response = await gateway.post('/api/feeds', { feeds: asked });
      if (response.status !== 200) throw new Error(`answered with status ${response.status}`);
      return v.parse(feedsResponseSchema, await response.json()).results;
    },
    async fetchOne(path) {
      const [result] = await feeds.ask({ url: origin.url(path) });
      if (!result) throw new Error('answered without a result');
      return result;
    },
    reset() {
      feeds.answers = firstAnswers();
      origin.requests.length = 0;
    },
    async close() {
      await gateway.close();
      await origin.close();
    },
  };
  return feeds;
}

/** What the gateway says of a feed that it could not get. */
export const failure = (code: string, more: object = {}) => ({
  status: 'failed',
  failure: { code, ...more },
});
