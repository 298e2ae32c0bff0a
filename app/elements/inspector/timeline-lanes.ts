import type { Channel } from '../../../core/contract/trace.ts';
import type { Message } from './join-sightings.ts';
import { CHANNELS } from './trace-words.ts';

export interface Span {
  from: number;
  until: number | undefined;
  failed: boolean;
}

/** What happened on one channel, in ms since 1970. */
export interface Lane {
  channel: Channel;
  /** Exchanges that took time, from begin to end; `until` is `undefined` while they last. */
  spans: Span[];
  /** Things said once. */
  marks: number[];
  failures: number[];
  /** How many exchanges and single messages. */
  count: number;
  /** Of the exchanges that ended, how long the one in the middle took. */
  medianMs: number | undefined;
}

/** One lane for each channel, also for those on which nothing was said. */
export function lanesOf(messages: readonly Message[], since: number): Lane[] {
  const lanes = new Map<Channel, Lane>();
  for (const channel of CHANNELS) {
    const lane = { channel, spans: [], marks: [], failures: [], count: 0, medianMs: undefined };
    lanes.set(channel, lane);
  }
  const open = new Map<string, Span>();
  const took = new Map<Channel, number[]>();
  for (const { channel, trace, sentAt, arrivedAt, failed } of messages) {
    const lane = lanes.get(channel);
    if (!lane) continue;
    const inRange = arrivedAt >= since;
    if (failed && inRange) lane.failures.push(arrivedAt);
    const { exchangeId, phase } = trace;
    if (phase === 'only' || exchangeId === undefined) {
      if (!inRange) continue;
      lane.marks.push(arrivedAt);
      lane.count += 1;
    } else if (phase === 'begin') {
      const span = { from: sentAt, until: undefined, failed: false };
      open.set(exchangeId, span);
      lane.spans.push(span);
    } else {
      const span = open.get(exchangeId);
      if (span) Object.assign(span, { until: arrivedAt, failed });
      open.delete(exchangeId);
      if (inRange && trace.tookMs !== undefined) {
        took.set(channel, [...(took.get(channel) ?? []), trace.tookMs]);
      }
    }
  }
  for (const lane of lanes.values()) {
    lane.spans = lane.spans.filter(({ until }) => until === undefined || until >= since);
    lane.count += lane.spans.length;
    lane.medianMs = median(took.get(lane.channel) ?? []);
  }
  return [...lanes.values()];
}

function median(values: number[]): number | undefined {
  return values.sort((one, other) => one - other)[Math.floor(values.length / 2)];
}

/** Where something is on the strip, in px, from its time. */
export type Scale = (at: number) => number;

/** Exchanges as one path: bars as long as they took. What lasts goes to `endPx`. */
export function spansPath(spans: readonly Span[], scale: Scale, endPx: number): string {
  let path = '';
  let drawnTo = Number.NEGATIVE_INFINITY;
  for (const { from, until } of spans) {
    const left = scale(from);
    const right = until === undefined ? endPx : scale(until);
    // What lies within what is drawn already would change nothing.
    if (right - drawnTo < 0.5) continue;
    path += `M${left.toFixed(1)} 0H${right.toFixed(1)}`;
    drawnTo = right;
  }
  return path;
}

/** Single messages as one path: ticks, at most one for each px. */
export function marksPath(times: readonly number[], scale: Scale, heightPx: number): string {
  let path = '';
  let last = Number.NEGATIVE_INFINITY;
  for (const at of times) {
    const x = scale(at);
    if (x - last < 1) continue;
    path += `M${x.toFixed(1)} ${-heightPx / 2}v${heightPx}`;
    last = x;
  }
  return path;
}

/** Failures as one path of crosses, at most one for each 9 px. */
export function crossesPath(times: readonly number[], scale: Scale): string {
  let path = '';
  let last = Number.NEGATIVE_INFINITY;
  for (const at of times) {
    const x = scale(at);
    if (x - last < 9) continue;
    path += `M${(x - 3.5).toFixed(1)}-3.5l7 7m0-7-7 7`;
    last = x;
  }
  return path;
}

const STEPS_MS = [
  1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000, 3_600_000,
];

/** How far apart the lines of the grid are, for at most `lines` of them. */
export function gridStepMs(lengthMs: number, lines: number): number {
  const fitting = STEPS_MS.find((step) => lengthMs / step <= lines);
  return fitting ?? Math.ceil(lengthMs / lines / 3_600_000) * 3_600_000;
}
