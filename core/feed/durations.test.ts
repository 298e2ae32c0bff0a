import { describe, expect, it } from 'vitest';
import { parseDuration, parseTimecode } from './durations.ts';

describe('parseDuration', () => {
  it.each([
    ['01:02:03', 3723],
    ['1:2:3', 3723],
    ['62:03', 3723],
    ['90:00', 5400],
    ['3723', 3723],
    [' 3723 ', 3723],
    ['3723.5', 3723.5],
    ['01:02:03.250', 3723.25],
    ['00:00:09', 9],
  ])('reads %j', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
  });

  it.each([
    undefined,
    '',
    '0',
    '00:00:00',
    '-5',
    'an hour',
    '1h 2m',
    '99:99:99',
    '1:75',
    '1:2:3:4',
    ':30',
    '12:',
    '1e9',
    'NaN',
    'Infinity',
    '999999999',
    '9'.repeat(1_000_000),
    '1:'.repeat(100_000),
  ])('reads no duration in %.40j', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  it('takes 0 for a time, though not for a duration', () => {
    expect(parseTimecode('00:00')).toBe(0);
  });
});
