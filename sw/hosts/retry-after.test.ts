import { expect, it } from 'vitest';
import { readRetryAfter } from './retry-after.ts';

const now = Date.UTC(2026, 10, 1, 12, 0, 0);

it.each([
  ['120', 120_000],
  [' 7 ', 7000],
  ['0', 0],
  ['Sun, 01 Nov 2026 12:00:30 GMT', 30_000],
  ['Sunday, 01-Nov-26 12:00:30 GMT', 30_000],
  ['Sun Nov  1 12:00:30 2026', 30_000],
  ['Sun, 01 Nov 2026 11:00:00 GMT', 0],
])('reads %j', (value, waitMs) => {
  expect(readRetryAfter(new Headers({ 'retry-after': value }), now)).toBe(waitMs);
});

it.each(['', '-5', '1.5', '1e3', 'soon', 'Sun, soon', '2026-11-01', '0x10', '5, 6'])(
  'makes nothing of %j',
  (value) => {
    expect(readRetryAfter(new Headers({ 'retry-after': value }), now)).toBeUndefined();
  },
);

it('makes nothing of none', () => {
  expect(readRetryAfter(new Headers(), now)).toBeUndefined();
});

it('takes any number of seconds', () => {
  const headers = new Headers({ 'retry-after': '9'.repeat(400) });
  expect(readRetryAfter(headers, now)).toBe(Number.POSITIVE_INFINITY);
});

it('holds a date against the host’s own clock, where that is shown', () => {
  const headers = new Headers({
    date: 'Wed, 01 Jan 2020 00:00:00 GMT',
    'retry-after': 'Wed, 01 Jan 2020 00:02:00 GMT',
  });
  expect(readRetryAfter(headers, now)).toBe(120_000);
});
