import { describe, expect, it } from 'vitest';
import { isBroadcast, isCacheUpdate, isForeignBroadcast, isTabEnvelope } from './guards.ts';
import { ownProto } from './testing/own-proto.ts';
import { PROTOCOL } from './version.ts';

const episodeId = 'episode-1';

describe('isTabEnvelope', () => {
  const of = (message: unknown) => ({ protocol: 1, kind: 'tab', tabId: 'tab-1', message });
  const started = { type: 'player/started', episodeId, startedAt: 1.5 };

  it('takes what tabs say', () => {
    expect(isTabEnvelope(of(started))).toBe(true);
    expect(isTabEnvelope(of({ type: 'settings/changed' }))).toBe(true);
  });

  it.each([
    ['a bare string', 'playing'],
    ['a message without its envelope', started],
    ['a nameless tab', { ...of(started), tabId: '' }],
    ['an extra field', { ...of(started), url: 'https://example.com' }],
    ['settings in the message', of({ type: 'settings/changed', theme: 'dark' })],
    ['no time', of({ ...started, startedAt: Number.NaN })],
    ['an unknown name', of({ type: 'player/stopped' })],
    ['an own __proto__', ownProto(of(started))],
  ])('refuses %s', (_name, value) => {
    expect(isTabEnvelope(value)).toBe(false);
  });
});

describe('isBroadcast', () => {
  const of = (broadcast: unknown) => ({ protocol: 1, kind: 'broadcast', broadcast });

  it.each([
    { type: 'podcasts/changed', podcastIds: ['p'] },
    { type: 'downloads/changed', episodeIds: [] },
    { type: 'download/finished', episodeId },
    { type: 'download/failed', episodeId },
    { type: 'wake-ups/changed' },
    { type: 'window/brought-forward', destination: 'downloads', words: '' },
  ])('takes $type', (broadcast) => {
    expect(isBroadcast(of(broadcast))).toBe(true);
  });

  it.each([
    ['an unknown name', { type: 'download/begun', episodeId }],
    ['the fields of another', { type: 'download/failed', podcastIds: [] }],
    ['an extra field', { type: 'download/failed', episodeId, failure: {} }],
    ['a bad id', { type: 'downloads/changed', episodeIds: ['a b'] }],
    [
      'an address to go to',
      { type: 'window/brought-forward', destination: 'https://x.example', words: '' },
    ],
    ['no name', {}],
  ])('refuses %s', (_name, broadcast) => {
    expect(isBroadcast(of(broadcast))).toBe(false);
  });

  it('refuses what is no broadcast at all', () => {
    const finished = { type: 'download/finished', episodeId };
    expect(isBroadcast(finished)).toBe(false);
    expect(isBroadcast({ ...of(finished), extra: 1 })).toBe(false);
    expect(isBroadcast({ ...of(finished), kind: 'request' })).toBe(false);
  });
});

describe('isForeignBroadcast', () => {
  it('takes broadcasts of every protocol but ours, whatever they say', () => {
    for (const protocol of [PROTOCOL - 1, PROTOCOL + 1]) {
      expect(isForeignBroadcast({ protocol, kind: 'broadcast', broadcast: { type: 'new' } })).toBe(
        true,
      );
      expect(isForeignBroadcast({ protocol, kind: 'broadcast', words: [] })).toBe(true);
    }
  });

  it.each([
    ['ours', { protocol: PROTOCOL, kind: 'broadcast', broadcast: {} }],
    ['a request', { protocol: PROTOCOL + 1, kind: 'request' }],
    ['a protocol that is text', { protocol: '2', kind: 'broadcast' }],
    ['no protocol', { kind: 'broadcast' }],
    ['null', null],
    ['text', 'broadcast'],
  ])('refuses %s', (_name, value) => {
    expect(isForeignBroadcast(value)).toBe(false);
  });
});

describe('isCacheUpdate', () => {
  const type = 'CACHE_UPDATED';
  const meta = 'workbox-broadcast-update';
  const payload = { cacheName: 'artwork', updatedURL: 'https://podcast.example/cover.png' };

  it('takes the message of workbox-broadcast-update', () => {
    expect(isCacheUpdate({ type, meta, payload })).toBe(true);
  });

  it.each([
    ['another name', { type: 'CACHE_REPLACED', meta, payload }],
    ['another sender', { type, meta: 'somebody', payload }],
    ['an extra field', { type, meta, payload, html: '<b>' }],
    ['an extra fact', { type, meta, payload: { ...payload, fetch: true } }],
    [
      'the field as most examples spell it',
      { type, meta, payload: { cacheName: '', updatedUrl: '' } },
    ],
    ['an endless address', { type, meta, payload: { ...payload, updatedURL: 'x'.repeat(9000) } }],
    ['nothing to look at', { type, meta }],
    ['a broadcast of ours', { protocol: 1, kind: 'broadcast', broadcast: { type } }],
  ])('refuses %s', (_name, message) => {
    expect(isCacheUpdate(message)).toBe(false);
  });
});
