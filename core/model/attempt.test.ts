import { describe, expect, it } from 'vitest';
import { type Attempt, receivedBytes } from './attempt.ts';

describe('receivedBytes', () => {
  it('is the sum of what is journaled', () => {
    const entry = (offsetBytes: number, lengthBytes: number) => {
      return { offsetBytes, lengthBytes, sha256: '' };
    };
    const attempt: Pick<Attempt, 'journal'> = { journal: [entry(0, 10), entry(20, 5)] };
    expect(receivedBytes(attempt)).toBe(15);
    expect(receivedBytes({ journal: [] })).toBe(0);
  });
});
