import { describe, expect, it } from 'vitest';
import { bytes, bytesOf, clock, date, dotted, duration, spokenClock } from './figures.ts';

describe('figures', () => {
  it('writes sizes', () => {
    expect(
      [0, 999, 1000, 640_400, 999_600, 12.4e6, 48e6, 99.96e6, 999.6e6, 1.25e9].map(bytes),
    ).toEqual([
      '0 bytes',
      '999 bytes',
      '1 KB',
      '640 KB',
      '1 MB',
      '12.4 MB',
      '48 MB',
      '100 MB',
      '1 GB',
      '1.3 GB',
    ]);
  });

  it('writes a part in the unit of its whole', () => {
    expect(bytesOf(12.4e6, 48e6)).toBe('12.4 of 48 MB');
    expect(bytesOf(0, 48e6)).toBe('0 of 48 MB');
    expect(bytesOf(300e6, 1.2e9)).toBe('0.3 of 1.2 GB');
  });

  it('writes lengths', () => {
    expect([5, 59.4, 59.6, 2520, 3600, 3900].map(duration)).toEqual([
      '5 s',
      '59 s',
      '1 min',
      '42 min',
      '1 h',
      '1 h 5 min',
    ]);
  });

  it('writes places in time, for eyes and for ears', () => {
    expect([0, 65.9, 3753, -1].map(clock)).toEqual(['0:00', '1:05', '1:02:33', '0:00']);
    expect([0, 1, 60, 3753].map(spokenClock)).toEqual([
      '0 seconds',
      '1 second',
      '1 minute',
      '1 hour 2 minutes 33 seconds',
    ]);
  });

  it('writes the year only when it is another one, and no date where there is none', () => {
    const now = new Date(2026, 10, 21).getTime();
    expect(date(new Date(2026, 9, 12).getTime(), now)).toBe('12 Oct');
    expect(date(new Date(2024, 9, 12).getTime(), now)).toBe('12 Oct 2024');
    expect(date(0, now)).toBe('');
  });

  it('joins what is known', () => {
    expect(dotted('a', undefined, '', 'b')).toBe('a · b');
  });
});
