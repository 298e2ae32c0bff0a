import * as v from 'valibot';
import type { EpisodeId, PodcastId } from '../model/ids.ts';
import type { BroadcastEnvelope, CacheUpdate, Destination } from './broadcasts.ts';
import type { Envelope } from './envelope.ts';
import type { Params, RequestType } from './requests.ts';
import type { StreamParams, StreamType } from './streams.ts';
import type { TabEnvelope } from './tabs.ts';
import { PROTOCOL } from './version.ts';

/*
 * Closed schemas for everything that arrives as `unknown`. An extra field is refused like a missing
 * one: what is not in the contract does not pass.
 */

const id = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}$/));
const episodeId = v.custom<EpisodeId>((value) => v.is(id, value));
const podcastId = v.custom<PodcastId>((value) => v.is(id, value));
const eitherId = v.custom<EpisodeId | PodcastId>((value) => v.is(id, value));
const fetchId = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{1,64}:\d{1,9}$/));
const nothing = v.custom<Record<string, never>>((value) => v.is(v.strictObject({}), value));
const ofEpisode = v.strictObject({ episodeId });
const ofPodcast = v.strictObject({ podcastId });

const destination = v.picklist(['library', 'episodes', 'downloads', 'settings']);

/** One setting at a time. */
const settingsChange = v.union([
  v.strictObject({ theme: v.picklist(['system', 'light', 'dark']) }),
  v.strictObject({ notifyFinished: v.boolean() }),
]);

type Schema<T> = v.GenericSchema<unknown, T>;

const requestParams: { [Type in RequestType]: Schema<Params<Type>> } = {
  'worker/version': nothing,
  'worker/claim': nothing,
  'worker/make-way': nothing,
  'podcast/subscribe': v.strictObject({ address: v.pipe(v.string(), v.maxLength(4096)) }),
  'podcast/refresh': ofPodcast,
  'podcast/unsubscribe': ofPodcast,
  'episode/chapters': ofEpisode,
  'episode/transcript': ofEpisode,
  'episode/relay': ofEpisode,
  'download/start': ofEpisode,
  'download/pause': ofEpisode,
  'download/resume': ofEpisode,
  'download/delete': ofEpisode,
  'download/claim': nothing,
  'download/launched': v.strictObject({
    fetchId,
    refusal: v.nullable(v.picklist(['no-space', 'too-many', 'not-allowed', 'unexpected'])),
  }),
  'downloads/advance': nothing,
  'downloads/reconcile': nothing,
  'playback/save': v.strictObject({
    episodeId,
    positionS: v.pipe(v.number(), v.finite(), v.minValue(0)),
  }),
  'settings/save': v.strictObject({ change: settingsChange }),
  'cache/keep': v.strictObject({
    artworkOf: v.pipe(v.array(eitherId), v.maxLength(200)),
    companionsOf: v.pipe(v.array(episodeId), v.maxLength(50)),
  }),
  'inspector/broadcast': nothing,
  'inspector/whisper': nothing,
  'inspector/hush': v.strictObject({
    forMs: v.pipe(v.number(), v.minValue(0), v.maxValue(10_000)),
  }),
};

const streamParams: { [Type in StreamType]: Schema<StreamParams<Type>> } = {
  'downloads/progress': nothing,
};

const envelopeSchema: Schema<Envelope> = v.strictObject({
  protocol: v.number(),
  kind: v.picklist(['request', 'stream']),
  id: v.pipe(v.string(), v.maxLength(64)),
  type: v.pipe(v.string(), v.maxLength(64)),
  params: v.unknown(),
});

const broadcastSchema: Schema<BroadcastEnvelope> = v.strictObject({
  protocol: v.number(),
  kind: v.literal('broadcast'),
  broadcast: v.variant('type', [
    v.strictObject({ type: v.literal('podcasts/changed'), podcastIds: v.array(podcastId) }),
    v.strictObject({ type: v.literal('downloads/changed'), episodeIds: v.array(episodeId) }),
    v.strictObject({ type: v.literal('download/finished'), episodeId }),
    v.strictObject({ type: v.literal('download/failed'), episodeId }),
    v.strictObject({ type: v.literal('artwork/kept'), ids: v.array(eitherId) }),
    v.strictObject({ type: v.literal('inspector/greeted') }),
    v.strictObject({ type: v.literal('inspector/whispered') }),
    v.strictObject({ type: v.literal('wake-ups/changed') }),
    v.strictObject({ type: v.literal('window/brought-forward'), destination }),
  ]),
});

const tabSchema: Schema<TabEnvelope> = v.strictObject({
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

const cacheUpdateSchema: Schema<CacheUpdate> = v.strictObject({
  type: v.literal('CACHE_UPDATED'),
  meta: v.literal('workbox-broadcast-update'),
  payload: v.strictObject({
    cacheName: v.pipe(v.string(), v.maxLength(256)),
    updatedURL: v.pipe(v.string(), v.maxLength(8192)),
  }),
});

export function isEnvelope(data: unknown): data is Envelope {
  return v.is(envelopeSchema, data);
}

/** The message of workbox-window's `messageSkipWaiting`: the one that is not an envelope. */
export function isSkipWaiting(data: unknown): boolean {
  return v.is(v.looseObject({ type: v.literal('SKIP_WAITING') }), data);
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
