import { describe, expect, it } from 'vitest';
import { refusal } from './envelope.ts';
import { isForeign, isReply, isStreamMessage } from './guards.ts';
import { ownProto } from './testing/own-proto.ts';
import { PROTOCOL } from './version.ts';

describe('what comes back through a port', () => {
  const error = refusal('handler-failed', 'boom');
  const accepted = { protocol: PROTOCOL, kind: 'accepted', lifeId: 'life' };
  const result = { protocol: PROTOCOL, kind: 'result', result: undefined };
  const item = { protocol: PROTOCOL, kind: 'item', lifeId: 'life', item: [] };

  it('is a reply, or a message of a stream, and not the one for the other', () => {
    for (const it of [accepted, result, error]) expect(isReply(structuredClone(it))).toBe(true);
    for (const it of [item, error]) expect(isStreamMessage(structuredClone(it))).toBe(true);
    for (const it of [accepted, result]) expect(isStreamMessage(it)).toBe(false);
    expect(isReply(item)).toBe(false);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['text', 'result'],
    ['a list', [result]],
    ['a list with fields', Object.assign([], result)],
    ['an own __proto__', ownProto(error)],
    ['a field too many', { ...result, error }],
    ['a field too many of an error', { ...error, stack: 'at' }],
    ['no protocol', { kind: 'result', result: {} }],
    ['no result', { protocol: PROTOCOL, kind: 'result' }],
    ['no life', { protocol: PROTOCOL, kind: 'accepted' }],
    ['a life that is no text', { ...accepted, lifeId: {} }],
    ['an item without a life', { protocol: PROTOCOL, kind: 'item', item: [] }],
    ['an unknown kind', { ...result, kind: 'promise' }],
    ['an unknown code', { ...error, code: 'toString' }],
    ['words that are no text', { ...error, message: { toString: 'no' } }],
  ])('is neither with %s', (_name, value) => {
    expect(isReply(value)).toBe(false);
    expect(isStreamMessage(value)).toBe(false);
  });

  it('is foreign exactly where another protocol says so', () => {
    expect(isForeign({ protocol: PROTOCOL + 1, whatever: 'it says' })).toBe(true);
    expect(isForeign({ protocol: 0 })).toBe(true);
    for (const it of [result, null, undefined, 'text', {}, { protocol: '2' }]) {
      expect(isForeign(it)).toBe(false);
    }
  });
});
