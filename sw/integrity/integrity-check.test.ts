import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { HashState } from '../../core/model/integrity.ts';
import { seededRandom } from '../testing/seeded-random.ts';
import { openCheck } from './integrity-check.ts';

const bytes = new Uint8Array(100_000).map((_, index) => (index * 7919) % 251);

describe.each(['sha256', 'sha384', 'sha512'] as const)('%s', (algorithm) => {
  const promise = `${algorithm}-${createHash(algorithm).update(bytes).digest('base64')}`;
  const open = (state?: HashState) => openCheck(promise, state) ?? expect.fail();

  it('is that of the whole', () => {
    const check = open();
    check.update(bytes);
    expect(check.holds()).toBe(true);
  });

  it.each([
    ['a byte more', new Uint8Array([...bytes, 0])],
    ['a byte less', bytes.subarray(1)],
    ['a bit that is another', bytes.with(99_999, 255)],
    ['nothing', new Uint8Array()],
  ])('is not that of %s', (_what, other) => {
    const check = open();
    check.update(other);
    expect(check.holds()).toBe(false);
  });

  it('goes on in another life, wherever the last one ended', () => {
    const random = seededRandom(7);
    for (let round = 0; round < 20; round += 1) {
      let check = open();
      let given = 0;
      let end = 0;
      while (end < bytes.length) {
        end = Math.min(bytes.length, given + 1 + Math.floor(random() * 30_000));
        check.update(bytes.subarray(given, end));
        const state = structuredClone(check.save());
        expect(state.bytes).toBeLessThanOrEqual(end);
        expect(end - state.bytes).toBeLessThan(128);
        check = open(state);
        given = state.bytes;
      }
      check.update(bytes.subarray(given));
      expect(check.holds()).toBe(true);
    }
  });
});

it.each([undefined, '', 'md5-abc'])('there is nothing to check by %s', (text) => {
  expect(openCheck(text, undefined)).toBeUndefined();
});
