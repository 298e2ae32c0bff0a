import { describe, expect, it } from 'vitest';
import { joinSightings } from './join-sightings.ts';
import { Recording } from './testing/recording.ts';
import { anAfternoon, manyTraces } from './testing/traces.ts';
import { crossesPath, gridStepMs, lanesOf, marksPath, spansPath } from './timeline-lanes.ts';

const laneOf = (recording: Recording, channel: string, since = 0) =>
  lanesOf(joinSightings(recording.traces), since).find((lane) => lane.channel === channel);

describe('the lanes of the timeline', () => {
  it('has one for each channel, also where nothing was said', () => {
    expect(lanesOf([], 0).map(({ channel, count }) => [channel, count])).toEqual([
      ['request', 0],
      ['stream', 0],
      ['broadcast', 0],
      ['tabs', 0],
      ['live', 0],
      ['event', 0],
      ['life', 0],
    ]);
  });

  it('counts an exchange once, and knows how long the one in the middle took', () => {
    const recording = new Recording();
    for (const workMs of [1, 50, 9]) recording.request('worker/version', workMs);
    expect(laneOf(recording, 'request')).toMatchObject({ count: 3, failures: [] });
    expect(laneOf(recording, 'request')?.medianMs).toBeCloseTo(11.3);
  });

  it('marks failures, and the exchange that failed', () => {
    const recording = new Recording();
    recording.timeout('downloads/advance', 10_000);
    const lane = laneOf(recording, 'request');
    expect(lane?.failures).toEqual([recording.at]);
    expect(lane?.spans).toMatchObject([{ until: recording.at, failed: true }]);
  });

  it('leaves out what ended before the shown time, and keeps what lasts into it', () => {
    const recording = new Recording();
    recording.request('worker/version', 1);
    const since = recording.wait(1000).at;
    recording.at -= 500;
    recording.timeout('downloads/advance', 10_000);
    expect(laneOf(recording, 'request', since)).toMatchObject({ count: 1 });
  });

  it('draws thousands as few strokes', () => {
    const traces = manyTraces(2000);
    const lane = lanesOf(joinSightings(traces), 0).find(({ channel }) => channel === 'event');
    const first = traces[0]?.at ?? 0;
    const scale = (at: number) => (at - first) / 200;
    const strokes = (path: string) => path.split('M').length - 1;
    expect(strokes(spansPath(lane?.spans ?? [], scale, 300))).toBeLessThan(400);
    expect(strokes(marksPath(lane?.spans.map(({ from }) => from) ?? [], scale, 8))).toBeLessThan(
      400,
    );
    expect(strokes(crossesPath(lane?.failures ?? [], scale))).toBeLessThan(60);
  });

  it('draws what lasts to the edge', () => {
    expect(spansPath([{ from: 5, until: undefined, failed: false }], (at) => at, 300)).toBe(
      'M5.0 0H300.0',
    );
  });

  it.each([
    [30_000, 6, 5000],
    [30_000, 2, 15_000],
    [86_400_000, 6, 14_400_000],
  ])('a grid for %d ms in %d lines has steps of %d ms', (lengthMs, lines, stepMs) => {
    expect(gridStepMs(lengthMs, lines)).toBe(stepMs);
  });

  it('takes an afternoon', () => {
    const lanes = lanesOf(joinSightings(anAfternoon()), 0);
    expect(lanes.every(({ count }) => count > 0)).toBe(true);
  });
});
