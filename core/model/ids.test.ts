import { describe, expect, it } from 'vitest';
import { isId } from './ids.ts';

describe('isId', () => {
  it.each(['a', 'AZaz09_-', 'x'.repeat(64), '__proto__'])('takes %j', (value) => {
    expect(isId(value)).toBe(true);
  });

  it.each([
    '',
    'x'.repeat(65),
    'a b',
    'a/b',
    '../a',
    'a\n',
    'é',
    'a=',
    'a:1',
    1,
    null,
    undefined,
    ['a'],
    { toString: () => 'a' },
  ])('refuses %j', (value) => {
    expect(isId(value)).toBe(false);
  });
});
