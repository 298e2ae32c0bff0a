import * as v from 'valibot';
import type { EpisodeId, PodcastId } from '../model/ids.ts';
import type { BroadcastEnvelope } from './broadcasts.ts';
import type { Envelope } from './envelope.ts';
import type { Params, RequestType } from './requests.ts';
import type { StreamParams, StreamType } from './streams.ts';

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

type Schema<T> = v.GenericSchema<unknown, T>;

const requestParams: { [Type in RequestType]: Schema<Params<Type>> } = {
  'worker/version': nothing,
  'worker/claim': nothing,
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
  'cache/keep': v.strictObject({ artworkOf: v.pipe(v.array(eitherId), v.maxLength(200)) }),
  'inspector/broadcast': nothing,
  'inspector/whisper': nothing,
  'inspector/hush': nothing,
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
  ]),
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
