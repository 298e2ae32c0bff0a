import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../testing/seeded-random.ts';
import { resumeHash } from './resumable-hash.ts';

const bytes = new Uint8Array(100_000).map((_, index) => (index * 7919) % 251);

function hex(digest: Uint8Array): string {
  return Buffer.from(digest).toString('hex');
}

describe.each(['sha256', 'sha384', 'sha512'] as const)('%s', (algorithm) => {
  const expected = createHash(algorithm).update(bytes).digest('hex');

  it('is that of the whole', () => {
    const hash = resumeHash(algorithm, undefined);
    hash.update(bytes);
    expect(hex(hash.digest())).toBe(expected);
  });

  it('goes on in another life, wherever the last one ended', () => {
    const random = seededRandom(7);
    for (let round = 0; round < 20; round += 1) {
      let hash = resumeHash(algorithm, undefined);
      let given = 0;
      while (given < bytes.length) {
        const end = Math.min(bytes.length, given + 1 + Math.floor(random() * 30_000));
        hash.update(bytes.subarray(given, end));
        const state = structuredClone(hash.save());
        expect(state.bytes).toBeLessThanOrEqual(end);
        expect(end - state.bytes).toBeLessThan(128);
        hash = resumeHash(algorithm, state);
        given = state.bytes;
        if (end === bytes.length) break;
      }
      hash.update(bytes.subarray(given));
      expect(hex(hash.digest())).toBe(expected);
    }
  });
});
