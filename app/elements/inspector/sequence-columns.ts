import type { Party } from '../../../core/contract/trace.ts';
import type { WordsRoom } from './message-words.ts';

/** Where the lifelines stand, and how letters are measured. All in px. */
export interface Columns {
  parties: readonly Party[];
  x: Record<Party, number>;
  widthPx: number;
  /** Where the lifelines begin; the time stands before. 0 where there is no room for it. */
  gutterPx: number;
  letterPx: number;
}

/** Neighbours are those that talk most: few arrows cross a lifeline that is not theirs. */
const ORDER = ['tabs', 'page', 'worker', 'browser', 'server'] as const;

/** The way from each party to the next; most is said between page and worker. */
const WAY: Record<Party, number> = {
  tabs: 0.85,
  page: 1.35,
  worker: 1.1,
  browser: 0.85,
  server: 0,
};

const WIDE_PX = 620;

export function columnsFor(widthPx: number): Columns {
  const wide = widthPx >= WIDE_PX;
  const gutterPx = wide ? 84 : 0;
  const left = wide ? gutterPx + 64 : 31;
  const right = wide ? 64 : 31;
  const way = ORDER.reduce((sum, party) => sum + WAY[party], 0);
  const unit = Math.max(0, widthPx - left - right) / way;
  const x: Record<Party, number> = { tabs: 0, page: 0, worker: 0, browser: 0, server: 0 };
  let at = left;
  for (const party of ORDER) {
    x[party] = Math.round(at);
    at += WAY[party] * unit;
  }
  // A letter of a fixed-width face is about 0.602 of its size.
  return { parties: ORDER, x, widthPx, gutterPx, letterPx: (wide ? 12 : 11) * 0.602 };
}

const MARGIN_PX = 10;
const FROM_LIFELINE_PX = 12;

/** How many letters fit across the whole picture, and between two lifelines. */
export function wordsRoom(columns: Columns, from: Party, to: Party): WordsRoom {
  const { widthPx, gutterPx, letterPx, x } = columns;
  const start = x[from];
  const toEdgePx = x[to] >= start ? widthPx - start : start - gutterPx;
  const wayPx = Math.abs(x[to] - x[from]) - 2 * FROM_LIFELINE_PX;
  return {
    across: Math.max(8, Math.floor((widthPx - gutterPx - 2 * MARGIN_PX) / letterPx)),
    between: Math.floor(wayPx / letterPx),
    toEdge: Math.floor((toEdgePx - FROM_LIFELINE_PX - MARGIN_PX) / letterPx),
  };
}

/** Left edge of words that begin where their arrow begins, pushed inside where they would hang out. */
export function wordsLeft(columns: Columns, fromX: number, toX: number, letters: number): number {
  const { widthPx, gutterPx, letterPx } = columns;
  const length = letters * letterPx;
  const wanted = toX >= fromX ? fromX + FROM_LIFELINE_PX : fromX - FROM_LIFELINE_PX - length;
  const last = widthPx - MARGIN_PX - length;
  return Math.max(gutterPx + MARGIN_PX, Math.min(wanted, last));
}
