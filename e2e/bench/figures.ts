/**
 * One comparison: the same thing done our way and by its peer, in turn, in one run. Without a peer
 * it is the figure itself that has a goal.
 */
export interface Comparison {
  /** What was measured, and in which browser. */
  name: string;
  unit: string;
  /** One figure of each round; both lists are of the same length. */
  ours: number[];
  peer?: number[];
  /** What the ratio ours / peer, or ours, should be; none where it is only of interest. */
  goal?: { atMost: number } | { atLeast: number };
}

export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** By nearest rank; NaN of nothing. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? Number.NaN;
}

/** The ratio is the median over the rounds, and the spread its least and greatest. */
export function tableRow({ name, unit, ours, peer, goal }: Comparison): Record<string, string> {
  const measured = peer ? ours.map((value, round) => value / (peer[round] ?? Number.NaN)) : ours;
  const middle = median(measured);
  const figures = {
    measured: name,
    ours: `${figure(median(ours))} ${unit}`,
    peer: peer ? `${figure(median(peer))} ${unit}` : '',
    ratio: peer ? middle.toFixed(2) : '',
    spread: `${short(Math.min(...measured))} to ${short(Math.max(...measured))}`,
  };
  if (!goal) return { ...figures, goal: '', holds: '' };
  const holds = 'atMost' in goal ? middle <= goal.atMost : middle >= goal.atLeast;
  const words = 'atMost' in goal ? `≤ ${goal.atMost}` : `≥ ${goal.atLeast}`;
  return { ...figures, goal: words, holds: holds ? 'yes' : 'no' };
}

function figure(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

function short(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(2);
}
