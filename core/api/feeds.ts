import * as v from 'valibot';
import { failureSchema } from './failure.ts';
import { parsedFeedSchema } from './parsed-feed.ts';

export const MAX_FEEDS_PER_REQUEST = 50;
/** Longer addresses are refused, and get no relay token. */
export const MAX_URL_LENGTH = 4096;

/** A value that may stand in a header as it is: printable ASCII, so nothing can be injected. */
const headerValue = v.pipe(v.string(), v.regex(/^[\x20-\x7e]{1,1024}$/));

/** A feed's address, and the validators of what the asking side has of it. */
export const feedRequestSchema = v.strictObject({
  url: v.pipe(v.string(), v.maxLength(MAX_URL_LENGTH)),
  etag: v.optional(headerValue),
  lastModified: v.optional(headerValue),
});

/** `POST /api/feeds`. With a validator, a feed that has not changed costs nothing. */
export const feedsRequestSchema = v.strictObject({
  feeds: v.pipe(v.array(feedRequestSchema), v.minLength(1), v.maxLength(MAX_FEEDS_PER_REQUEST)),
});
export type FeedsRequest = v.InferOutput<typeof feedsRequestSchema>;
export type FeedRequest = FeedsRequest['feeds'][number];

const feedResultSchema = v.variant('status', [
  v.object({
    status: v.literal('fetched'),
    /** Where to ask next time: the address after permanent redirects only. */
    feedUrl: v.string(),
    etag: v.optional(headerValue),
    lastModified: v.optional(headerValue),
    feed: parsedFeedSchema,
    /** Pairs of an address in the feed and the token that lets the gateway relay it. */
    relayTokens: v.array(v.tuple([v.string(), v.string()])),
  }),
  v.object({ status: v.literal('not-modified') }),
  v.object({ status: v.literal('failed'), failure: failureSchema }),
]);
export type FeedResult = v.InferOutput<typeof feedResultSchema>;

/** One result per feed that was asked for, in the same order. */
export const feedsResponseSchema = v.object({ results: v.array(feedResultSchema) });
export type FeedsResponse = v.InferOutput<typeof feedsResponseSchema>;
