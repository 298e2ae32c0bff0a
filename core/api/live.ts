import * as v from 'valibot';
import { feedRequestSchema, MAX_URL_LENGTH } from './feed-request.ts';

/*
 * Live updates: the gateway tells an open page which of its feeds have changed. A page says what it
 * follows with `POST api/live/follows`, and gets a handle; with the handle it opens a WebSocket, or
 * server-sent events where that cannot be done. Both carry the same messages with the same ids.
 */

export const MAX_FOLLOWED_FEEDS = 500;

/** The WebSocket is closed with this code when the handle is not, or no longer, known. */
export const UNKNOWN_HANDLE_CODE = 4404;

/** At least 128 bits that nobody can guess: whoever has it hears what its owner follows. */
const handle = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{22,64}$/));

/** `<life of the server>.<number>`: the number grows, and means nothing in another life. */
const eventId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{8,64}\.\d{1,15}$/));

/**
 * `POST api/live/follows`: all feeds that the page follows, in place of those it named before under
 * the same handle. With the validators of what the page has, the gateway can tell at its first look
 * whether that is still the latest.
 */
export const followsRequestSchema = v.strictObject({
  handle: v.optional(handle),
  feeds: v.pipe(v.array(feedRequestSchema), v.maxLength(MAX_FOLLOWED_FEEDS)),
});
export type FollowsRequest = v.InferOutput<typeof followsRequestSchema>;

/** Another handle than the one sent means that the old one had been forgotten. */
export const followsResponseSchema = v.object({
  handle,
  /** Fewer than were named where the guard refuses some, or the gateway is full. */
  followed: v.number(),
});
export type FollowsResponse = v.InferOutput<typeof followsResponseSchema>;

/** All that a page ever says on the WebSocket: once, as its first message. */
export const liveHelloSchema = v.strictObject({
  type: v.literal('hello'),
  handle,
  /** The last id that the page got, so that it hears what came after it. */
  lastEventId: v.optional(eventId),
});
export type LiveHello = v.InferOutput<typeof liveHelloSchema>;

/** Messages are hints: each one says "look again", none says what there is to see. */
export const liveMessageSchema = v.variant('type', [
  v.strictObject({
    type: v.literal('feed-changed'),
    id: eventId,
    /** As the page named it. A key to look a row up by, never an address to fetch. */
    feedUrl: v.pipe(v.string(), v.maxLength(MAX_URL_LENGTH)),
  }),
  /** What happened since the page's last id cannot be told: all of its feeds may have changed. */
  v.strictObject({ type: v.literal('look-again'), id: eventId }),
  /** Everything up to this id has been said. Comes after connecting, then as a heartbeat. */
  v.strictObject({ type: v.literal('position'), id: eventId }),
]);
export type LiveMessage = v.InferOutput<typeof liveMessageSchema>;

/** The heartbeat's interval. A page that hears nothing for two of them has lost its connection. */
export const HEARTBEAT_MS = 25_000;
