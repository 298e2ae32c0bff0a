import * as v from 'valibot';
import { failureSchema } from './failure.ts';
import { feedRequestSchema, headerValue } from './feed-request.ts';
import { parsedFeedSchema } from './parsed-feed.ts';

export const MAX_FEEDS_PER_REQUEST = 50;

/** `POST /api/feeds`. With a validator, a feed that has not changed costs nothing. */
export const feedsRequestSchema = v.strictObject({
  feeds: v.pipe(v.array(feedRequestSchema), v.minLength(1), v.maxLength(MAX_FEEDS_PER_REQUEST)),
});

const feedResultSchema = v.variant('status', [
  v.object({
    status: v.literal('fetched'),
    /** Where to ask next time: the address after permanent redirects only. */
    feedUrl: v.string(),
    etag: v.optional(headerValue),
    lastModified: v.optional(headerValue),
    feed: parsedFeedSchema,
    /** Pairs of an address in the feed and a token for it, to be exchanged for one that relays it. */
    relayTokens: v.array(v.tuple([v.string(), v.string()])),
  }),
  v.object({ status: v.literal('not-modified') }),
  v.object({ status: v.literal('failed'), failure: failureSchema }),
]);
export type FeedResult = v.InferOutput<typeof feedResultSchema>;

/** One result per feed that was asked for, in the same order. */
export const feedsResponseSchema = v.object({ results: v.array(feedResultSchema) });
export type FeedsResponse = v.InferOutput<typeof feedsResponseSchema>;
