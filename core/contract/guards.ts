import * as v from 'valibot';
import type { EpisodeId, PodcastId } from '../model/ids.ts';
import type { BroadcastEnvelope, CacheUpdate, Destination } from './broadcasts.ts';
import type { Envelope, Reply, StreamMessage } from './envelope.ts';
import type { Params, RequestType } from './requests.ts';
import type { StreamParams, StreamType } from './streams.ts';
import type { TabEnvelope } from './tabs.ts';
import { PROTOCOL } from './version.ts';

/*
 * Closed schemas for everything that arrives as `unknown`. An extra field is refused like a missing
 * one: what is not in the contract does not pass.
 */

/**
 * Exactly these fields, in a plain object. The library alone takes an array, a Map or a Date without
 * own fields for `{}`. A plain object's prototype is the last one of its chain, whatever realm made it.
 */
function closed<Entries extends v.ObjectEntries>(entries: Entries) {
  return v.pipe(v.custom<object>(isPlain), v.strictObject(entries));
}

function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** A list that is not looked into when it is too long: what a stranger sends costs its length. */
function listOf<Item extends v.GenericSchema>(item: Item, maxLength: number) {
  const isShort = (value: unknown) => Array.isArray(value) && value.length <= maxLength;
  return v.pipe(v.custom<unknown[]>(isShort), v.array(item));
}

const id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/));
const episodeId = v.custom<EpisodeId>((value) => v.is(id, value));
const podcastId = v.custom<PodcastId>((value) => v.is(id, value));
const eitherId = v.custom<EpisodeId | PodcastId>((value) => v.is(id, value));
const fetchId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}:\d{1,9}$/));
const nothing = v.custom<Record<string, never>>((value) => v.is(closed({}), value));
const ofEpisode = closed({ episodeId });
const ofPodcast = closed({ podcastId });
const ofOutbox = closed({ sequence: v.pipe(v.number(), v.safeInteger(), v.minValue(1)) });

function wholeNumber(least: number, most: number) {
  return v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
}
/** What a person typed to search for. */
const query = v.pipe(v.string(), v.minLength(1), v.maxLength(200));

const listedFeed = closed({
  address: v.pipe(v.string(), v.minLength(1), v.maxLength(4096)),
  title: v.nullable(v.pipe(v.string(), v.maxLength(200))),
  usable: v.boolean(),
});

const destination = v.picklist(['library', 'episodes', 'downloads', 'settings']);

/** One setting at a time. */
const settingsChange = v.union([
  closed({ theme: v.picklist(['system', 'light', 'dark']) }),
  closed({ notifyFinished: v.boolean() }),
  closed({ unmeteredOnly: v.boolean() }),
  closed({ downloadsAtOnce: v.picklist([1, 2, 3, 4]) }),
  closed({ keepNewest: v.nullable(wholeNumber(1, 1_000)) }),
  closed({ capBytes: v.nullable(wholeNumber(1e6, 1e15)) }),
  closed({ announceNew: v.boolean() }),
]);

/** A function, so that a page, which checks no parameters, leaves it out. */
function subscriptionChange() {
  const seconds = v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(1e6)));
  const titleWords = v.pipe(v.string(), v.maxLength(200));
  const newest = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20));
  return v.union([
    closed({ announce: v.boolean() }),
    closed({
      autoDownload: closed({
        on: v.boolean(),
        newest,
        minDurationS: seconds,
        maxDurationS: seconds,
        titleHas: titleWords,
        titleLacks: titleWords,
        onlyUnmetered: v.boolean(),
      }),
    }),
  ]);
}

type Schema<T> = v.GenericSchema<unknown, T>;

const requestParams: { [Type in RequestType]: Schema<Params<Type>> } = {
  'worker/version': nothing,
  'worker/claim': nothing,
  'worker/make-way': nothing,
  'podcast/subscribe': closed({ address: v.pipe(v.string(), v.maxLength(4096)) }),
  'podcast/subscribe-found': closed({ query, podcastId }),
  'podcast/refresh': ofPodcast,
  'podcasts/refresh': closed({ since: v.nullable(v.pipe(v.number(), v.finite(), v.minValue(0))) }),
  'podcast/follow': closed({ podcastId, change: subscriptionChange() }),
  'episodes/seen': closed({ podcastId: v.nullable(podcastId) }),
  'podcast/unsubscribe': ofPodcast,
  'directory/search': closed({ query }),
  'outbox/retry': ofOutbox,
  'outbox/discard': ofOutbox,
  'opml/import': closed({
    importId: id,
    feeds: listOf(listedFeed, 500),
    firstPosition: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000)),
    isLast: v.boolean(),
  }),
  'opml/fetch': closed({ importId: id, address: v.pipe(v.string(), v.maxLength(4096)) }),
  'imports/advance': nothing,
  'imports/cancel': nothing,
  'imports/resume': nothing,
  'imports/clear': nothing,
  'episode/chapters': ofEpisode,
  'episode/transcript': ofEpisode,
  'episode/relay': ofEpisode,
  'download/start': closed({
    episodeId,
    copy: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-z]{1,7}$/))),
  }),
  'download/pause': ofEpisode,
  'download/resume': ofEpisode,
  'download/delete': ofEpisode,
  'download/keep': ofEpisode,
  'download/unkeep': ofEpisode,
  'download/move': closed({ episodeId, before: v.nullable(episodeId) }),
  'download/claim': nothing,
  'download/launched': closed({
    fetchId,
    refusal: v.nullable(v.picklist(['no-space', 'too-many', 'not-allowed', 'unexpected'])),
  }),
  'downloads/advance': nothing,
  'downloads/pause': nothing,
  'downloads/resume': nothing,
  'downloads/remove': closed({ episodeIds: listOf(episodeId, 5_000) }),
  'downloads/restore': closed({ episodeIds: listOf(episodeId, 5_000) }),
  'downloads/reconcile': nothing,
  'playback/save': closed({
    episodeId,
    positionS: v.pipe(v.number(), v.finite(), v.minValue(0)),
  }),
  'settings/save': closed({ change: settingsChange }),
  'cache/keep': closed({
    artworkOf: listOf(eitherId, 200),
    companionsOf: listOf(episodeId, 50),
  }),
  'inspector/broadcast': nothing,
  'inspector/whisper': nothing,
  'inspector/hush': nothing,
};

const streamParams: { [Type in StreamType]: Schema<StreamParams<Type>> } = {
  'downloads/progress': nothing,
};

const envelopeSchema: Schema<Envelope> = closed({
  protocol: v.number(),
  kind: v.picklist(['request', 'stream']),
  id: v.pipe(v.string(), v.maxLength(64)),
  type: v.pipe(v.string(), v.maxLength(64)),
  params: v.unknown(),
});

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
    v.strictObject({ type: v.literal('window/brought-forward'), destination }),
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

const skipWaiting = closed({ type: v.literal('SKIP_WAITING') });

export function isEnvelope(data: unknown): data is Envelope {
  return v.is(envelopeSchema, data);
}

/** The message of workbox-window's `messageSkipWaiting`: the one that is not an envelope. */
export function isSkipWaiting(data: unknown): boolean {
  return v.is(skipWaiting, data);
}

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

export function isRequestType(type: string): type is RequestType {
  return Object.hasOwn(requestParams, type);
}

export function isStreamType(type: string): type is StreamType {
  return Object.hasOwn(streamParams, type);
}

/** Whether the parameters are exactly those of the request. */
export function areParams<Type extends RequestType>(
  type: Type,
  params: unknown,
): params is Params<Type> {
  return v.is(requestParams[type], params);
}

export function areStreamParams<Type extends StreamType>(
  type: Type,
  params: unknown,
): params is StreamParams<Type> {
  return v.is(streamParams[type], params);
}
