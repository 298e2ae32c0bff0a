import * as v from 'valibot';
import type { Party, Trace } from './trace.ts';
import { PROTOCOL } from './version.ts';

/*
 * What Inspectors and the worker say to each other, on a line of its own: the Inspector does not show
 * itself. A BroadcastChannel does not wake a worker, and a worker that starts cannot know who
 * listens; so an open Inspector also holds a shared lock by the same name, for the worker to see.
 */

/** The name of the channel, and of the lock: one per scope, several apps may live on one origin. */
export function inspectorLine(scope: { pathname: string }): string {
  return `stowaway-inspector:${scope.pathname}`;
}

/** Before the ids of Background Fetches that an Inspector starts: nothing is harvested from them. */
export const INSPECTOR_FETCH_PREFIX = 'inspector:';

export function isInspectorFetch(fetchId: string): boolean {
  return fetchId.startsWith(INSPECTOR_FETCH_PREFIX);
}

/** From an Inspector that was opened, or closed. */
export interface InspectorCall {
  protocol: number;
  kind: 'listening' | 'closed';
}

/** From the worker: what it has seen since its last news. The first of a life may be empty. */
export interface InspectorNews {
  protocol: number;
  kind: 'news';
  /** Of this life of the worker; see `holdLife`. */
  lifeId: string;
  build: string;
  traces: Trace[];
  /** Traces that were left out because there were too many. */
  leftOut: number;
  /** How many messages this life has dropped, by why. */
  dropped: Record<string, number>;
}

const CHANNELS: Record<Trace['channel'], true> = {
  request: true,
  stream: true,
  broadcast: true,
  tabs: true,
  live: true,
  event: true,
  life: true,
  'wake-up': true,
};

const PARTIES: Record<Party, true> = {
  page: true,
  worker: true,
  tabs: true,
  server: true,
  browser: true,
};

type Schema<T> = v.GenericSchema<unknown, T>;

const channel = v.custom<Trace['channel']>(
  (it) => typeof it === 'string' && Object.hasOwn(CHANNELS, it),
);
const party = v.custom<Party>((it) => typeof it === 'string' && Object.hasOwn(PARTIES, it));

const counts = v.custom<Record<string, number>>(
  (it) =>
    typeof it === 'object' &&
    it !== null &&
    Object.entries(it).every(([name, count]) => name.length <= 64 && typeof count === 'number'),
);

const traceSchema: Schema<Trace> = v.strictObject({
  seenBy: v.picklist(['page', 'worker']),
  at: v.number(),
  channel,
  from: party,
  to: party,
  type: v.string(),
  phase: v.picklist(['begin', 'end', 'only']),
  exchangeId: v.optional(v.string()),
  tookMs: v.optional(v.number()),
  outcome: v.optional(v.string()),
  data: v.optional(v.string()),
  sizeBytes: v.optional(v.number()),
  event: v.optional(
    v.strictObject({
      constructorName: v.string(),
      origin: v.string(),
      lastEventId: v.string(),
      source: v.string(),
      ports: v.number(),
    }),
  ),
});

const callSchema: Schema<InspectorCall> = v.strictObject({
  protocol: v.literal(PROTOCOL),
  kind: v.picklist(['listening', 'closed']),
});

const newsSchema: Schema<InspectorNews> = v.strictObject({
  protocol: v.literal(PROTOCOL),
  kind: v.literal('news'),
  lifeId: v.pipe(v.string(), v.maxLength(64)),
  build: v.pipe(v.string(), v.maxLength(64)),
  traces: v.array(traceSchema),
  leftOut: v.number(),
  dropped: counts,
});

export function isInspectorCall(data: unknown): data is InspectorCall {
  return v.is(callSchema, data);
}

export function isInspectorNews(data: unknown): data is InspectorNews {
  return v.is(newsSchema, data);
}
