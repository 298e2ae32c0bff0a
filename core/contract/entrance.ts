import * as v from 'valibot';
import type { EpisodeId, PodcastId } from '../model/ids.ts';
import { closed, episodeId, id, listOf, podcastId, type Schema } from './closed.ts';
import type { Envelope } from './envelope.ts';
import type { Params, RequestType } from './requests.ts';
import type { StreamParams, StreamType } from './streams.ts';

/* Everything that the worker takes from a page, as closed schemas. A page checks none of it. */

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

/** What a person decides about one podcast. */
function subscriptionChange() {
  const seconds = v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(1e6)));
  const titleWords = v.pipe(v.string(), v.maxLength(200));
  const newest = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20));
  return v.union([
    closed({ announce: v.boolean() }),
    closed({ keepNewest: v.nullable(v.union([v.literal('all'), wholeNumber(1, 1_000)])) }),
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
  'directory/search': closed({ query, keep: v.boolean() }),
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
  'downloads/advance': closed({
    by: v.optional(v.picklist(['page-open', 'online', 'visibility', 'live', 'message', 'advance'])),
  }),
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

const skipWaiting = closed({ type: v.literal('SKIP_WAITING') });

export function isEnvelope(data: unknown): data is Envelope {
  return v.is(envelopeSchema, data);
}

/** The message of workbox-window's `messageSkipWaiting`: the one that is not an envelope. */
export function isSkipWaiting(data: unknown): boolean {
  return v.is(skipWaiting, data);
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
