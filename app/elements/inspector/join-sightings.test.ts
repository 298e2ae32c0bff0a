import { describe, expect, it } from 'vitest';
import { joinSightings, latencyMs } from './join-sightings.ts';
import { Recording } from './testing/recording.ts';
import { anAfternoon } from './testing/traces.ts';

describe('joining what two sides saw', () => {
  it('makes one message of both sightings, and knows how long it was on the way', () => {
    const recording = new Recording();
    recording.request('download/start', 12);
    const [call, answer, ...others] = joinSightings(recording.traces);
    expect(others).toEqual([]);
    expect(call).toMatchObject({
      from: 'page',
      to: 'worker',
      id: 1,
      sent: { id: 1 },
      arrived: { id: 2 },
    });
    expect(answer).toMatchObject({
      from: 'worker',
      to: 'page',
      id: 3,
      sent: { id: 3 },
      arrived: { id: 4 },
    });
    expect(call && latencyMs(call)).toBeCloseTo(1.4);
    expect(answer && latencyMs(answer)).toBeCloseTo(0.9);
  });

  it('does so in whatever order the traces came', () => {
    const recording = new Recording();
    recording.request('download/start', 12);
    const [one, two, three, four] = recording.traces;
    if (!one || !two || !three || !four) throw new Error('the recording is short');
    expect(joinSightings([one, four, two, three])).toEqual(joinSightings(recording.traces));
  });

  it('leaves alone what only one side saw', () => {
    const recording = new Recording();
    const seen = recording.add('page', 'server>page', { type: 'feed-changed', channel: 'live' });
    const [message] = joinSightings([seen]);
    expect(message).toMatchObject({ sent: undefined, arrived: seen });
    expect(message && latencyMs(message)).toBeUndefined();
  });

  it('joins broadcasts by their words, each once', () => {
    const recording = new Recording();
    recording.broadcast('downloads/changed', { episodeIds: ['a'] });
    recording.broadcast('downloads/changed', { episodeIds: ['b'] });
    recording.broadcast('downloads/changed', { episodeIds: ['a'] });
    const messages = joinSightings(recording.traces);
    expect(messages).toHaveLength(3);
    expect(messages.every(({ sent, arrived }) => sent && arrived)).toBe(true);
  });

  it('does not join the same words said long apart', () => {
    const recording = new Recording();
    const said = { type: 'downloads/changed', channel: 'broadcast', data: '{}' } as const;
    recording.add('worker', 'worker>page', said);
    recording.wait(6000).add('page', 'worker>page', said);
    expect(joinSightings(recording.traces)).toHaveLength(2);
  });

  it('takes what arrives before it was written down as sent to have come at once', () => {
    const recording = new Recording();
    const said = { type: 'downloads/changed', channel: 'broadcast', data: '{}' } as const;
    recording.add('page', 'worker>page', said);
    recording.wait(0.3).add('worker', 'worker>page', said);
    const [message, ...others] = joinSightings(recording.traces);
    expect(others).toEqual([]);
    expect(message && latencyMs(message)).toBe(0);
  });

  it('knows a request that nobody heard, and an end that nobody said', () => {
    const recording = new Recording();
    recording.timeout('downloads/advance', 10_000);
    expect(joinSightings(recording.traces)).toMatchObject([
      { lost: true, unsaid: false },
      { lost: false, unsaid: true, failed: true },
    ]);
  });

  it('keeps a late answer apart from the end of the waiting for it', () => {
    const recording = new Recording();
    recording.timeout('downloads/advance', 10_000);
    const { exchangeId } = recording.traces[0] ?? {};
    recording.wait(500).add('worker', 'worker>page', {
      type: 'downloads/advance',
      phase: 'end',
      exchangeId,
      outcome: 'ok',
    });
    expect(joinSightings(recording.traces).map(({ unsaid }) => unsaid)).toEqual([
      false,
      true,
      false,
    ]);
  });

  it('loses no trace and doubles none', () => {
    const traces = anAfternoon();
    const joined = joinSightings(traces).flatMap(({ sent, arrived }) => [sent, arrived]);
    const ids = joined.filter((trace) => trace !== undefined).map(({ id }) => id);
    expect(ids.sort((one, other) => one - other)).toEqual(traces.map(({ id }) => id));
  });
});
