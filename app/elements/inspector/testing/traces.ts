import type { Channel } from '../../../../core/contract/trace.ts';
import type { ShownTrace } from '../../../inspection-view.ts';
import { origin, Recording, toPage, toWorker } from './recording.ts';

/** An afternoon with the app, in half a minute: every channel, an error, a timeout. */
export function anAfternoon(): ShownTrace[] {
  const recording = new Recording();
  recording.add('page', 'worker>page', { type: 'activated', channel: 'life' });
  recording.wait(3).request('worker/version', 0.6, { result: { protocol: 1, build: 'a41f09c' } });
  subscribe(recording);
  recording.wait(4200);
  download(recording);
  recording.wait(1900).add('page', 'server>page', {
    type: 'feed-changed',
    channel: 'live',
    data: '{"podcastId":"below-deck"}',
    event: { ...toPage, origin, lastEventId: '41' },
  });
  recording.wait(12).request('podcast/refresh', 96, {
    params: { podcastId: 'below-deck' },
    result: { ok: true, value: { changed: true } },
  });
  recording.broadcast('podcasts/changed', { podcastIds: ['below-deck'] });
  recording.wait(700).add('page', 'page>tabs', {
    type: 'playback/started',
    channel: 'tabs',
    data: '{"tab":"5b1e"}',
  });
  recording.wait(240).add('page', 'tabs>page', {
    type: 'settings/changed',
    channel: 'tabs',
    data: '{"theme":"dark"}',
  });
  recording.wait(30).event('fetch', '206 from segments', () => recording.wait(7.5), {
    route: 'media',
    url: `${origin}/media/ep-17`,
    mode: 'no-cors',
    range: 'bytes=0-',
  });
  recording.wait(80).event('sync', 'ok', () => recording.wait(42), { tag: 'outbox' });
  recording.wait(400).request('episode/transcript', 3.2, {
    outcome: 'handler-failed',
    result: { kind: 'error', code: 'handler-failed', message: 'no such episode' },
  });
  recording.wait(300).timeout('downloads/advance', 10_000);
  return recording.traces;
}

function subscribe(recording: Recording): void {
  recording.wait(640).request('podcast/subscribe', 214, {
    params: { address: 'https://example.org/below-deck.xml' },
    result: { ok: true, value: 'below-deck' },
  });
  recording.broadcast('podcasts/changed', { podcastIds: ['below-deck'] });
  recording.request('cache/keep', 38, {
    params: { artworkOf: ['below-deck', 'ep-17'] },
    result: { kept: 2 },
  });
}

function download(recording: Recording): void {
  const episodeId = 'ep-17';
  const stream = {
    type: 'downloads/progress',
    channel: 'stream' as Channel,
    exchangeId: recording.exchange(),
  };
  recording.add('page', 'page>worker', { ...stream, phase: 'begin', data: '{}' });
  recording
    .wait(1.2)
    .add('worker', 'page>worker', { ...stream, phase: 'begin', data: '{}', event: toWorker });
  recording.wait(20).request('download/start', 11, { params: { episodeId }, result: { ok: true } });
  recording.broadcast('downloads/changed', { episodeIds: [episodeId] });
  recording.request('download/claim', 8, {
    result: { plan: { fetchId: 'ep-17:1', title: 'Nothing overboard' } },
  });
  recording.request('download/launched', 2.1, { params: { fetchId: 'ep-17:1', refusal: null } });
  for (let part = 1; part <= 4; part += 1) {
    recording.wait(100).add('page', 'worker>page', {
      ...stream,
      data: JSON.stringify([{ episodeId, receivedBytes: part * 320_000, totalBytes: 1_300_000 }]),
      event: toPage,
    });
  }
  recording.wait(1400).event('backgroundfetchsuccess', 'ok', () => {
    recording.wait(64).broadcast('download/finished', { episodeId });
    recording.wait(4);
  });
}

/** The worker at five things at once, two of which are not done yet. */
export function aBusyMoment(): ShownTrace[] {
  const recording = new Recording();
  const ids = [11, 30, 52, 80].map((workMs) => ({ workMs, exchangeId: recording.exchange() }));
  recording.add('worker', 'browser>worker', {
    type: 'backgroundfetchsuccess',
    channel: 'event',
    phase: 'begin',
    exchangeId: recording.exchange(),
  });
  for (const { exchangeId } of ids) {
    const asked = { type: 'artwork/keep', exchangeId, phase: 'begin', data: '{}' } as const;
    recording.wait(2).add('page', 'page>worker', asked);
    recording.wait(14).add('worker', 'page>worker', { ...asked, event: toWorker });
  }
  for (const { exchangeId, workMs } of ids.slice(0, 3).reverse()) {
    const done = {
      type: 'artwork/keep',
      exchangeId,
      phase: 'end',
      tookMs: workMs,
      outcome: 'ok',
    } as const;
    recording.wait(9).add('worker', 'worker>page', done);
    recording.wait(25).add('page', 'worker>page', { ...done, event: toPage });
  }
  return recording.traces;
}

/** As many as an Inspector keeps, with silences, every channel, and errors. */
export function manyTraces(count: number): ShownTrace[] {
  const recording = new Recording();
  for (let turn = 0; recording.traces.length < count; turn += 1) {
    recording.request('download/start', turn % 40, { params: { episodeId: `ep-${turn}` } });
    recording.broadcast('downloads/changed', { episodeIds: [`ep-${turn}`] });
    recording.event('fetch', turn % 9 === 0 ? '504 from nowhere' : '200 from cache', () =>
      recording.wait(5),
    );
    recording.wait(turn % 25 === 0 ? 3000 : 40);
  }
  return recording.traces.slice(0, count);
}
