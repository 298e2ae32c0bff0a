import { describe, expect, it } from 'vitest';
import { type Arrow, layOutSequence, ROW_PX } from './sequence-layout.ts';
import { Recording } from './testing/recording.ts';
import { aBusyMoment, anAfternoon, manyTraces } from './testing/traces.ts';

const tops = (arrows: Arrow[]) => arrows.map(({ top }) => top);

describe('the layout of the sequence', () => {
  it('is empty where nothing was said', () => {
    expect(layOutSequence([])).toMatchObject({ arrows: [], bars: [], silences: [] });
  });

  it('gives every arrow room for its words, in the order of time', () => {
    const { arrows, heightPx } = layOutSequence(anAfternoon());
    for (const [index, arrow] of arrows.entries()) {
      const before = arrows[index - 1];
      if (!before) continue;
      expect(arrow.top - before.top).toBeGreaterThanOrEqual(ROW_PX);
      expect(arrow.message.sentAt).toBeGreaterThanOrEqual(before.message.sentAt);
    }
    expect(heightPx).toBeGreaterThan(Math.max(...arrows.map(({ bottom }) => bottom)));
  });

  it('never draws later things higher: sent and heard stand on one axis of time', () => {
    const { arrows } = layOutSequence(anAfternoon());
    const moments = arrows.flatMap(({ message, top, bottom }) => [
      { at: message.sentAt, y: top },
      { at: message.arrivedAt, y: bottom },
    ]);
    moments.sort((one, other) => one.at - other.at || one.y - other.y);
    const ys = moments.map(({ y }) => y);
    expect(ys).toEqual([...ys].sort((one, other) => one - other));
  });

  it('slopes an arrow the more, the longer it was on the way', () => {
    const slope = (ms: number) => {
      const recording = new Recording();
      const said = { type: 'podcasts/changed', channel: 'broadcast', data: '{}' } as const;
      recording.add('worker', 'worker>page', said);
      recording.wait(ms).add('page', 'worker>page', said);
      const [arrow] = layOutSequence(recording.traces).arrows;
      return arrow ? arrow.bottom - arrow.top : Number.NaN;
    };
    expect(slope(0)).toBe(0);
    expect(slope(1)).toBeGreaterThan(3);
    expect(slope(20)).toBeGreaterThan(slope(1));
    expect(slope(800)).toBeGreaterThan(slope(20));
    expect(slope(800)).toBeLessThan(60);
  });

  it('draws a long silence short, and tells how long it was', () => {
    const recording = new Recording();
    recording.add('page', 'page>tabs', { type: 'one', channel: 'tabs' });
    recording.wait(3_600_000).add('page', 'page>tabs', { type: 'two', channel: 'tabs' });
    const { silences, heightPx } = layOutSequence(recording.traces);
    expect(silences).toMatchObject([{ lastedMs: 3_600_000 }]);
    expect(heightPx).toBeLessThan(250);
  });

  it('keeps silences clear of arrows', () => {
    const { arrows, silences } = layOutSequence(anAfternoon());
    expect(silences).toHaveLength(4);
    for (const { top, bottom } of silences) {
      expect(tops(arrows).filter((y) => y >= top && y <= bottom)).toEqual([]);
    }
  });

  it('lets the worker be active from the begin to the end of an exchange', () => {
    const recording = new Recording();
    recording.request('download/start', 12);
    const { arrows, bars } = layOutSequence(recording.traces);
    expect(bars).toMatchObject([
      { top: arrows[0]?.bottom, bottom: arrows[1]?.top, depth: 0, end: 'done' },
    ]);
  });

  it('sets what goes on at once side by side, and leaves open what is not done', () => {
    const { bars, heightPx } = layOutSequence(aBusyMoment());
    expect(bars.map(({ depth }) => depth)).toEqual([0, 1, 2, 3, 4]);
    expect(bars.map(({ end }) => end)).toEqual(['open', 'done', 'done', 'done', 'open']);
    expect(bars[0]?.bottom).toBe(heightPx);
  });

  it('cuts all work where the worker was ended', () => {
    const recording = new Recording();
    const about = { type: 'downloads/advance', exchangeId: 'x' };
    recording.add('page', 'page>worker', { ...about, phase: 'begin' });
    recording.wait(2).add('worker', 'page>worker', { ...about, phase: 'begin' });
    recording.wait(300).add('page', 'worker>page', {
      ...about,
      phase: 'end',
      outcome: 'WorkerGoneError',
    });
    const { arrows, bars } = layOutSequence(recording.traces);
    expect(bars).toMatchObject([{ end: 'cut', bottom: arrows[1]?.top }]);
    expect(arrows[1]?.waitedFrom).toBe(arrows[0]?.top);
  });

  it('takes no stream for work: its port is open while nobody speaks', () => {
    const recording = new Recording();
    const stream = { type: 'downloads/progress', channel: 'stream', exchangeId: 's' } as const;
    recording.add('worker', 'page>worker', { ...stream, phase: 'begin' });
    expect(layOutSequence(recording.traces).bars).toEqual([]);
  });

  it('lays out 2,000 traces whole', () => {
    const { arrows, bars } = layOutSequence(manyTraces(2000));
    expect(arrows.length).toBeGreaterThan(1000);
    expect(bars.length).toBeGreaterThan(400);
  });
});
