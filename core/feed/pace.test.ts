import { describe, expect, it } from 'vitest';
import { cachePaceMs, feedPaceMs, slower } from './pace.ts';

const HOUR_MS = 3_600_000;
const feed = (head: string, item = '') =>
  `<?xml version="1.0"?><rss><channel><title>T</title>${head}<item>${item}</item></channel></rss>`;
const frequency = (attributes: string) =>
  feedPaceMs(feed(`<podcast:updateFrequency ${attributes}>Now and then</podcast:updateFrequency>`));

describe('the pace of a feed', () => {
  it('is its ttl, in minutes', () => {
    expect(feedPaceMs(feed('<ttl>60</ttl>'))).toBe(HOUR_MS);
    expect(feedPaceMs(feed('<ttl>\n 5 \n</ttl>'))).toBe(300_000);
  });

  it.each([
    '',
    '<ttl></ttl>',
    '<ttl>0</ttl>',
    '<ttl>often</ttl>',
    '<ttl>-5</ttl>',
    '<ttl>1e9</ttl>',
  ])('is nothing where it says %j', (head) => {
    expect(feedPaceMs(feed(head))).toBeUndefined();
  });

  it('is a part of the time between two episodes', () => {
    expect(frequency('rrule="FREQ=DAILY"')).toBe(2 * HOUR_MS);
    expect(frequency('rrule="FREQ=WEEKLY"')).toBe(14 * HOUR_MS);
    expect(frequency('rrule="FREQ=WEEKLY;INTERVAL=2"')).toBe(28 * HOUR_MS);
    expect(frequency(`dtstart="2026-01-01" rrule='freq=weekly;byday=mo,we,fr,su'`)).toBe(
      3.5 * HOUR_MS,
    );
  });

  it('is slow once the podcast is complete', () => {
    expect(frequency('complete="true"')).toBe(7 * 24 * HOUR_MS);
    expect(frequency('complete="false" rrule="FREQ=DAILY"')).toBe(2 * HOUR_MS);
  });

  it.each(['rrule="FREQ=SOMETIMES"', 'rrule="FREQ=__proto__"', 'rrule=""', 'rrule="INTERVAL=2"'])(
    'is nothing for %s',
    (attributes) => {
      expect(frequency(attributes)).toBeUndefined();
    },
  );

  it('is that of the podcast, not what an episode holds', () => {
    expect(feedPaceMs(feed('', '<ttl>60</ttl>'))).toBeUndefined();
  });

  it('is the slower of two', () => {
    const daily = '<podcast:updateFrequency rrule="FREQ=DAILY"/>';
    expect(feedPaceMs(feed(`<ttl>60</ttl>${daily}`))).toBe(2 * HOUR_MS);
    expect(feedPaceMs(feed(`<ttl>600</ttl>${daily}`))).toBe(10 * HOUR_MS);
    expect(slower(undefined, undefined)).toBeUndefined();
  });

  it('costs nothing worth mentioning, whatever stands there', () => {
    const hostile = [
      '<ttl>'.repeat(200_000),
      `<ttl>${' '.repeat(1_000_000)}`,
      '<podcast:updateFrequency '.repeat(50_000),
      `<podcast:updateFrequency ${'complete='.repeat(100_000)}`,
    ];
    for (const xml of hostile) expect(feedPaceMs(xml)).toBeUndefined();
  });
});

describe('the pace of a host', () => {
  it.each([
    ['max-age=300', 300_000],
    ['public, max-age=3600, must-revalidate', 3_600_000],
    ['Max-Age="60"', 60_000],
    ['s-maxage=60', undefined],
    ['max-age=0', undefined],
    ['no-cache', undefined],
    ['max-age=soon', undefined],
    [null, undefined],
  ])('is, by %j, %s', (header, paceMs) => {
    expect(cachePaceMs(header)).toBe(paceMs);
  });
});
