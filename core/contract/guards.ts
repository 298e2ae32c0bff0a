import * as v from 'valibot';
import type { BroadcastEnvelope, CacheUpdate, Destination } from './broadcasts.ts';
import { closed, destination, episodeId, id, podcastId, type Schema } from './closed.ts';
import type { Reply, StreamMessage } from './envelope.ts';
import type { TabEnvelope } from './tabs.ts';
import { PROTOCOL } from './version.ts';

/* Everything that a page takes from the worker and from other tabs, as closed schemas. */

const broadcastSchema: Schema<BroadcastEnvelope> = closed({
  protocol: v.number(),
  kind: v.literal('broadcast'),
  broadcast: v.variant('type', [
    v.strictObject({ type: v.literal('podcasts/changed'), podcastIds: v.array(podcastId) }),
    v.strictObject({ type: v.literal('downloads/changed'), episodeIds: v.array(episodeId) }),
    v.strictObject({ type: v.literal('download/finished'), episodeId }),
    v.strictObject({ type: v.literal('download/failed'), episodeId }),
    v.strictObject({ type: v.literal('inspector/greeted') }),
    v.strictObject({ type: v.literal('inspector/whispered') }),
    v.strictObject({ type: v.literal('outbox/changed') }),
    v.strictObject({ type: v.literal('imports/changed') }),
    v.strictObject({ type: v.literal('wake-ups/changed') }),
    v.strictObject({ type: v.literal('searches/changed') }),
    v.strictObject({
      type: v.literal('window/brought-forward'),
      destination,
      words: v.pipe(v.string(), v.maxLength(200)),
    }),
  ]),
});

const tabSchema: Schema<TabEnvelope> = closed({
  protocol: v.number(),
  kind: v.literal('tab'),
  tabId: id,
  message: v.variant('type', [
    v.strictObject({
      type: v.literal('player/started'),
      episodeId,
      startedAt: v.pipe(v.number(), v.finite()),
    }),
    v.strictObject({ type: v.literal('settings/changed') }),
  ]),
});

const cacheUpdateSchema: Schema<CacheUpdate> = closed({
  type: v.literal('CACHE_UPDATED'),
  meta: v.literal('workbox-broadcast-update'),
  payload: closed({
    cacheName: v.pipe(v.string(), v.maxLength(256)),
    updatedURL: v.pipe(v.string(), v.maxLength(8192)),
  }),
});
const refusal = closed({
  protocol: v.number(),
  kind: v.literal('error'),
  code: v.picklist([
    'protocol-mismatch',
    'unknown-type',
    'bad-params',
    'too-many',
    'database-blocked',
    'handler-failed',
  ]),
  message: v.string(),
});

const replySchema: Schema<Reply> = v.union([
  // The most frequent one first: a union tries one after the other.
  closed({ protocol: v.number(), kind: v.literal('result'), result: v.unknown() }),
  closed({ protocol: v.number(), kind: v.literal('accepted'), lifeId: v.string() }),
  refusal,
]);

const streamMessageSchema: Schema<StreamMessage> = v.union([
  closed({ protocol: v.number(), kind: v.literal('item'), lifeId: v.string(), item: v.unknown() }),
  refusal,
]);

export function isBroadcast(data: unknown): data is BroadcastEnvelope {
  return v.is(broadcastSchema, data);
}

const foreignBroadcast = v.looseObject({
  protocol: v.pipe(v.number(), v.notValue(PROTOCOL)),
  kind: v.literal('broadcast'),
});

/** A broadcast of another protocol: what it says cannot be known, only that a stranger says it. */
export function isForeignBroadcast(data: unknown): boolean {
  return v.is(foreignBroadcast, data);
}

export function isTabEnvelope(data: unknown): data is TabEnvelope {
  return v.is(tabSchema, data);
}

export function isDestination(value: unknown): value is Destination {
  return v.is(destination, value);
}

/** The message of workbox-broadcast-update: the one from the worker that is not a broadcast of ours. */
export function isCacheUpdate(data: unknown): data is CacheUpdate {
  return v.is(cacheUpdateSchema, data);
}

/**
 * What a worker answers. The result itself is not looked at: it comes through a port that this page
 * made and gave to its own worker, typed by the same contract, and a protocol that differs is refused
 * before. Schemas of every result would weigh on each first load and find only our own bugs.
 */
export function isReply(data: unknown): data is Reply {
  return v.is(replySchema, data);
}

/** What comes through a stream. Items are taken as `isReply` takes results. */
export function isStreamMessage(data: unknown): data is StreamMessage {
  return v.is(streamMessageSchema, data);
}

/** Whether it comes from a side that speaks another protocol, whatever else it says. */
export function isForeign(data: unknown): boolean {
  if (typeof data !== 'object' || data === null || !('protocol' in data)) return false;
  return typeof data.protocol === 'number' && data.protocol !== PROTOCOL;
}
