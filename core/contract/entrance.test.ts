import { describe, expect, it } from 'vitest';
import { isEnvelope, isSkipWaiting } from './entrance.ts';
import { envelope } from './envelope.ts';
import { ownProto } from './testing/own-proto.ts';

const episodeId = 'episode-1';

describe('isEnvelope', () => {
  const message = envelope('request', 'exchange-1', 'download/start', { episodeId });

  it('takes what we send, before and after a structured clone', () => {
    expect(isEnvelope(message)).toBe(true);
    expect(isEnvelope(structuredClone(message))).toBe(true);
    expect(isEnvelope({ ...message, kind: 'stream' })).toBe(true);
  });

  it('leaves another protocol to be answered, not dropped', () => {
    expect(isEnvelope({ ...message, protocol: 99 })).toBe(true);
  });

  it.each([
    ['a bare string', 'download/start'],
    ['null', null],
    ['an array', [message]],
    ['an unknown kind', { ...message, kind: 'broadcast' }],
    ['an extra field', { ...message, url: 'https://example.com' }],
    ['an own __proto__', ownProto(message)],
    ['a protocol that is text', { ...message, protocol: '1' }],
    ['a protocol that is no number', { ...message, protocol: Number.NaN }],
    ['a name that is too long', { ...message, type: 'x'.repeat(65) }],
    ['a name that is no text', { ...message, type: { toString: () => 'download/start' } }],
    ['no parameters', { protocol: 1, kind: 'request', type: 'worker/version' }],
  ])('refuses %s', (_name, value) => {
    expect(isEnvelope(value)).toBe(false);
  });
});

describe('isSkipWaiting', () => {
  it('takes the one message of workbox-window', () => {
    expect(isSkipWaiting({ type: 'SKIP_WAITING' })).toBe(true);
  });

  it.each([
    undefined,
    null,
    'SKIP_WAITING',
    {},
    { type: 'skip_waiting' },
    { type: ['SKIP_WAITING'] },
    { type: 'SKIP_WAITING', junk: 1 },
    Object.assign([], { type: 'SKIP_WAITING' }),
  ])('refuses %j', (value) => {
    expect(isSkipWaiting(value)).toBe(false);
  });
});
