import type { Channel } from '../../../core/contract/trace.ts';
import type { ShownTrace } from '../../inspection-view.ts';
import { joinSightings, type Message } from './join-sightings.ts';

/** A message and where it stands: `top` where it was said, `bottom` where it was heard. In px. */
export interface Arrow {
  message: Message;
  top: number;
  bottom: number;
  /** Of an answer that never came: where the waiting for it began. */
  waitedFrom?: number;
}

/** The worker at one exchange, from its begin to its end. In px. */
export interface Bar {
  exchangeId: string;
  channel: Channel;
  top: number;
  bottom: number;
  /** How many others it stands beside. */
  depth: number;
  /** `cut`: the worker was ended meanwhile. `open`: still at it. */
  end: 'done' | 'open' | 'cut';
}

/** A long silence, drawn short. In px. */
export interface Silence {
  top: number;
  bottom: number;
  lastedMs: number;
}

export interface SequenceLayout {
  arrows: Arrow[];
  bars: Bar[];
  silences: Silence[];
  heightPx: number;
}

/** Room for an arrow and the words above it. */
export const ROW_PX = 28;
const TOP_PX = 34;
const BOTTOM_PX = 26;
const SILENCE_MS = 1000;
const SILENCE_PX = 46;
const LOST_PX = 10;
const MAX_DEPTH = 5;

/**
 * Places everything on one axis of time that runs downward. The axis is not even: each gap takes the
 * logarithm of its length, so that half a millisecond can be seen beside half a second, and the words
 * of every arrow get their room. But it never runs backward: what is lower was later.
 */
export function layOutSequence(traces: readonly ShownTrace[]): SequenceLayout {
  const arrows: Arrow[] = joinSightings(traces).map((message) => ({ message, top: 0, bottom: 0 }));
  const silences: Silence[] = [];
  let y = TOP_PX;
  let lastAt: number | undefined;
  let lastWordsY = y - ROW_PX;
  for (const { arrow, at, isArrival } of moments(arrows)) {
    const gapMs = lastAt === undefined ? 0 : at - lastAt;
    lastAt = at;
    if (gapMs >= SILENCE_MS) {
      const top = y + 10;
      silences.push({ top, bottom: top + SILENCE_PX, lastedMs: gapMs });
      y = top + SILENCE_PX + 8;
      lastWordsY = y - 8;
    } else {
      y += gapPx(gapMs);
    }
    if (isArrival) {
      arrow.bottom = y;
      continue;
    }
    // Words of failures stand in a frame, and need a little more.
    y = Math.max(y, lastWordsY + (arrow.message.failed ? ROW_PX + 5 : ROW_PX));
    arrow.top = y;
    // What is lost falls, clear of the words.
    if (arrow.message.lost) y += LOST_PX;
    lastWordsY = y;
    arrow.bottom = y;
  }
  markWaits(arrows);
  const heightPx = Math.ceil(y + BOTTOM_PX);
  return { arrows, silences, heightPx, bars: layOutBars(arrows, heightPx) };
}

interface Moment {
  arrow: Arrow;
  at: number;
  isArrival: boolean;
}

function moments(arrows: Arrow[]): Moment[] {
  const all: Moment[] = [];
  for (const arrow of arrows) {
    const { sent, arrived, sentAt, arrivedAt } = arrow.message;
    all.push({ arrow, at: sentAt, isArrival: false });
    if (sent && arrived) all.push({ arrow, at: arrivedAt, isArrival: true });
  }
  // The sort is stable: of one instant, what was said comes before where it was heard.
  return all.sort((one, other) => one.at - other.at);
}

/** 0.5 ms takes 4.5 px, 10 ms 20 px, 1 s 49.5 px: halves of pixels, for sharp lines. */
function gapPx(ms: number): number {
  return Math.round(30 * Math.log10(1 + 2 * ms)) / 2;
}

function markWaits(arrows: Arrow[]): void {
  const askedAt = new Map<string, number>();
  for (const arrow of arrows) {
    const { trace, unsaid } = arrow.message;
    if (trace.exchangeId === undefined) continue;
    if (trace.phase === 'begin') askedAt.set(trace.exchangeId, arrow.top);
    const from = unsaid ? askedAt.get(trace.exchangeId) : undefined;
    if (from !== undefined) arrow.waitedFrom = from;
  }
}

function layOutBars(arrows: Arrow[], heightPx: number): Bar[] {
  const bars: Bar[] = [];
  const open = new Map<string, Bar>();
  for (const { message, top, bottom } of arrows) {
    const { channel, arrived, sent, trace, unsaid } = message;
    if (unsaid && /gone/i.test(trace.outcome ?? '')) {
      for (const bar of open.values()) Object.assign(bar, { bottom: top, end: 'cut' });
      open.clear();
    }
    const { exchangeId, phase } = trace;
    // A stream's port stays open while nobody works: it is no activity.
    if (exchangeId === undefined || channel === 'stream') continue;
    if (phase === 'begin' && arrived?.seenBy === 'worker') {
      const taken = new Set([...open.values()].map(({ depth }) => depth));
      let depth = 0;
      while (taken.has(depth) && depth < MAX_DEPTH) depth += 1;
      const bar: Bar = { exchangeId, channel, top: bottom, bottom: heightPx, depth, end: 'open' };
      open.set(exchangeId, bar);
      bars.push(bar);
    } else if (phase === 'end' && sent?.seenBy === 'worker') {
      const bar = open.get(exchangeId);
      if (bar) Object.assign(bar, { bottom: top, end: 'done' });
      open.delete(exchangeId);
    }
  }
  return bars;
}
