import { describe, expect, it } from 'vitest';
import { anAttempt, anEntry } from '../../core/storage/testing/rows.ts';
import { seededRandom } from '../testing/seeded-random.ts';
import {
  inBackgroundFetchOrder,
  isComplete,
  missingSpans,
  openRangeHeader,
  planRanges,
  rangeHeader,
  readRangeFragment,
  segmentBytesFor,
  withRangeFragment,
} from './plan.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

describe('segmentBytesFor', () => {
  it.each([
    ['a short episode', 1, 256 * KIB],
    ['the last one with the smallest segments', 4 * MIB, 256 * KIB],
    ['one byte more', 4 * MIB + 1, 256 * KIB + 1],
    ['half an hour', 32 * MIB, 2 * MIB],
    ['the first one with the largest segments', 64 * MIB, 4 * MIB],
    ['a very long episode', 2 ** 40, 4 * MIB],
    ['an unknown length', undefined, 4 * MIB],
  ])('%s: %d bytes in segments of %d', (_name, totalBytes, segmentBytes) => {
    expect(segmentBytesFor(totalBytes)).toBe(segmentBytes);
  });
});

describe('missingSpans', () => {
  const span = (startBytes: number, endBytes: number) => ({ startBytes, endBytes });

  it.each([
    ['everything, while nothing is journaled', [], 10, [span(0, 10)]],
    ['nothing, when all is journaled', [anEntry(0, 4), anEntry(4, 6)], 10, []],
    ['the end', [anEntry(0, 4)], 10, [span(4, 10)]],
    ['the beginning', [anEntry(4, 6)], 10, [span(0, 4)]],
    ['gaps between', [anEntry(2, 2), anEntry(6, 2)], 10, [span(0, 2), span(4, 6), span(8, 10)]],
    ['nothing beyond the total', [anEntry(0, 12)], 10, []],
    ['nothing at the end while the total is unknown', [anEntry(4, 2)], undefined, [span(0, 4)]],
    ['nothing of an empty whole', [], 0, []],
  ])('finds %s', (_name, journal, totalBytes, expected) => {
    expect(missingSpans(journal, totalBytes)).toEqual(expected);
  });
});

describe('isComplete', () => {
  it('needs every byte', () => {
    expect(isComplete(anAttempt({ totalBytes: 10, journal: [anEntry(0, 10)] }))).toBe(true);
    expect(isComplete(anAttempt({ totalBytes: 10, journal: [anEntry(0, 9)] }))).toBe(false);
    expect(isComplete(anAttempt({ totalBytes: 10, journal: [anEntry(1, 9)] }))).toBe(false);
  });

  it('is never true while the total is not known', () => {
    expect(isComplete(anAttempt({ totalBytes: undefined, journal: [anEntry(0, 10)] }))).toBe(false);
  });

  it('is not deceived by bytes that are too many, or counted twice', () => {
    expect(isComplete(anAttempt({ totalBytes: 10, journal: [anEntry(0, 11)] }))).toBe(false);
    const twice = [anEntry(0, 10), anEntry(5, 5)];
    expect(isComplete(anAttempt({ totalBytes: 10, journal: twice }))).toBe(false);
  });
});

/** A journal with gaps, such as a download that was interrupted again and again leaves behind. */
function randomJournal(random: () => number, totalBytes: number) {
  const journal = [];
  for (let position = 0; position < totalBytes; ) {
    const lengthBytes = Math.min(1 + Math.floor(random() * 400_000), totalBytes - position);
    if (random() < 0.5) journal.push(anEntry(position, lengthBytes));
    position += lengthBytes;
  }
  return journal;
}

describe('planRanges', () => {
  it('asks for nothing while the total is not known', () => {
    expect(planRanges(anAttempt({ totalBytes: undefined }))).toEqual([]);
  });

  it('lets the first range begin at the first byte, and others reach back by 1 KiB', () => {
    const attempt = anAttempt({ totalBytes: 600 * KIB, segmentBytes: 256 * KIB });
    expect(planRanges(attempt).map(rangeHeader)).toEqual([
      'bytes=0-262143',
      'bytes=261120-524287',
      'bytes=523264-614399',
    ]);
  });

  it('leaves the end of the last range open: what comes beyond it says that the file has grown', () => {
    const attempt = anAttempt({ totalBytes: 600 * KIB, segmentBytes: 256 * KIB });
    const headers = planRanges(attempt).map((request) => openRangeHeader(attempt, request));
    expect(headers).toEqual(['bytes=0-262143', 'bytes=261120-524287', 'bytes=523264-']);
  });

  it('fills any journal up to the total, with ranges in file order that never overlap', () => {
    const random = seededRandom(1);
    for (let round = 0; round < 200; round += 1) {
      const totalBytes = 1 + Math.floor(random() * 3_000_000);
      const segmentBytes = 1 + Math.floor(random() * 300_000);
      const journal = randomJournal(random, totalBytes);
      const plan = planRanges(anAttempt({ totalBytes, segmentBytes, journal }));
      const filled = [...journal, ...plan.map((it) => anEntry(it.offsetBytes, it.lengthBytes))];
      filled.sort((a, b) => a.offsetBytes - b.offsetBytes);
      expect(isComplete(anAttempt({ totalBytes, journal: filled }))).toBe(true);
      const offsets = plan.map((it) => it.offsetBytes);
      expect(offsets).toEqual(offsets.toSorted((a, b) => a - b));
      for (const { offsetBytes, lengthBytes, overlapBytes } of plan) {
        expect(lengthBytes).toBeGreaterThan(0);
        expect(lengthBytes).toBeLessThanOrEqual(segmentBytes);
        expect(overlapBytes).toBeLessThanOrEqual(offsetBytes);
      }
    }
  });
});

describe('inBackgroundFetchOrder', () => {
  /** How Chromium works off an array: by the index as text. */
  function asChromiumTakes<T>(items: T[]): (T | undefined)[] {
    return Object.keys(items)
      .sort()
      .map((index) => items[Number(index)]);
  }

  it('is worth having: the plain order of twelve requests is not theirs', () => {
    const plain = Array.from({ length: 12 }, (_, index) => index);
    expect(asChromiumTakes(plain)).toEqual([0, 1, 10, 11, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it.each([0, 1, 2, 9, 10, 11, 12, 75, 99, 100, 101, 300, 1001])(
    'makes Chromium take %d requests from first to last',
    (length) => {
      const items = Array.from({ length }, (_, index) => `part ${index}`);
      const permuted = inBackgroundFetchOrder(items);
      expect(permuted).toHaveLength(length);
      expect(asChromiumTakes(permuted)).toEqual(items);
    },
  );
});

describe('the fragment that tells which part a record is', () => {
  const url = 'https://cdn.example/a.mp3?token=1-2-3';
  const request = { offsetBytes: 262144, lengthBytes: 4096, overlapBytes: 1024 };

  it('comes back as it was written', () => {
    expect(readRangeFragment(withRangeFragment(url, request))).toEqual(request);
    expect(readRangeFragment(withRangeFragment(url, 'whole'))).toBe('whole');
  });

  it('leaves the address itself alone', () => {
    expect(withRangeFragment(url, 'whole')).toBe(`${url}#whole`);
  });

  it('takes the place of a fragment that the enclosure had', () => {
    expect(withRangeFragment(`${url}#t=10`, 'whole')).toBe(`${url}#whole`);
    expect(withRangeFragment(`${url}#a#b`, request)).toBe(`${url}#262144-4096-1024`);
  });

  it.each(['', '#', '#t=10', '#1-2', '#1-2-3-4', '#-1-2-3', '#a-b-c', '#1-2-3x', '#WHOLE'])(
    'is not seen in %j',
    (fragment) => {
      expect(readRangeFragment(`${url}${fragment}`)).toBeUndefined();
    },
  );
});
