import { describe, expect, it } from 'vitest';
import { readContentRange, readRange, strongEtag } from './range.ts';

const part = (firstByte: number, lastByte: number) => ({ status: 206, firstByte, lastByte });
const whole = { status: 200 };
const unsatisfiable = { status: 416 };

describe('a Range of a body of 1000 bytes (RFC 9110 section 14)', () => {
  it.each([
    ['no header', null, whole],
    ['first to last', 'bytes=0-499', part(0, 499)],
    ['one byte', 'bytes=0-0', part(0, 0)],
    ['the last byte', 'bytes=999-999', part(999, 999)],
    ['open', 'bytes=500-', part(500, 999)],
    ['open, from the start', 'bytes=0-', part(0, 999)],
    ['open, from the last byte', 'bytes=999-', part(999, 999)],
    ['a suffix', 'bytes=-100', part(900, 999)],
    ['a suffix of everything', 'bytes=-1000', part(0, 999)],
    ['a suffix longer than the body', 'bytes=-5000', part(0, 999)],
    ['a suffix of nothing', 'bytes=-0', unsatisfiable],
    ['a start at the end', 'bytes=1000-', unsatisfiable],
    ['a start past the end', 'bytes=5000-6000', unsatisfiable],
    ['an end at the end', 'bytes=500-1000', part(500, 999)],
    ['an end past the end', 'bytes=500-5000', part(500, 999)],
    ['reversed', 'bytes=500-499', whole],
    ['reversed, past the end', 'bytes=6000-5000', whole],
    ['leading zeros', 'bytes=000-0499', part(0, 499)],
    ['numbers beyond all bounds', 'bytes=0-99999999999999999999', part(0, 999)],
    ['a start beyond all bounds', 'bytes=99999999999999999999-', unsatisfiable],
    ['several ranges', 'bytes=0-1,5-6', whole],
    ['one range in a list', 'bytes=,0-1 , ,\t', part(0, 1)],
    ['a list of nothing', 'bytes=,,', whole],
    ['a list that begins with a blank', 'bytes= ,0-1', part(0, 1)],
    ['a list with a broken range', 'bytes=0-1,x', whole],
    ['a list with a reversed range', 'bytes=0-1,5-2', whole],
    ['several ranges of which one is there', 'bytes=5000-,-0,7-8', part(7, 8)],
    ['several ranges of which none is there', 'bytes=5000-, -0', unsatisfiable],
    ['blanks inside a list', 'bytes=0-1, 5 -6', whole],
    ['a unit in capitals', 'BYTES=0-1', part(0, 1)],
    ['blanks before the sign', 'bytes =0-1', whole],
    ['blanks behind the sign', 'bytes= 0-1', whole],
    ['reversed, beyond all numbers', 'bytes=9007199254740993-9007199254740992', whole],
    ['in order, beyond all numbers', 'bytes=9007199254740992-9007199254740993', unsatisfiable],
    ['in order, in spite of leading zeros', 'bytes=09-10', part(9, 10)],
    ['reversed, in spite of leading zeros', 'bytes=9-008', whole],
    ['blanks at the end', 'bytes=0-1 \t', part(0, 1)],
    ['blanks inside', 'bytes=0 - 1', whole],
    ['another unit', 'items=0-1', whole],
    ['no unit', '0-1', whole],
    ['no numbers', 'bytes=-', whole],
    ['nothing at all', '', whole],
    ['no range', 'bytes=', whole],
    ['letters', 'bytes=a-b', whole],
    ['a sign', 'bytes=+1-2', whole],
    ['a negative start', 'bytes=-1-2', whole],
    ['fractions', 'bytes=0.5-1.5', whole],
    ['hexadecimal', 'bytes=0x0-0xff', whole],
  ])('%s: %j', (_name, header, expected) => {
    expect(readRange(header, 1000)).toEqual(expected);
  });

  it.each(['bytes=0-', 'bytes=0-0', 'bytes=-1'])('of an empty body cannot be had: %s', (header) => {
    expect(readRange(header, 0)).toEqual(unsatisfiable);
  });

  it('is read in linear time', () => {
    expect(readRange(`bytes=${'0'.repeat(100_000)}-${'9'.repeat(100_000)}x`, 1000)).toEqual(whole);
    expect(readRange(`bytes${' '.repeat(100_000)}x`, 1000)).toEqual(whole);
    expect(readRange(`bytes=${' '.repeat(100_000)}x`, 1000)).toEqual(whole);
    expect(readRange(`bytes=${', '.repeat(50_000)}x`, 1000)).toEqual(whole);
    expect(readRange(`bytes=0-0${','.repeat(100_000)}`, 1000)).toEqual(part(0, 0));
  });
});

describe('a Content-Range (RFC 9110 section 14.4)', () => {
  it.each([
    ['bytes 0-499/1000', { firstByte: 0, lastByte: 499, totalBytes: 1000 }],
    ['bytes 999-999/1000', { firstByte: 999, lastByte: 999, totalBytes: 1000 }],
    ['bytes 0-499/*', { firstByte: 0, lastByte: 499, totalBytes: undefined }],
    ['Bytes 0-1/2', { firstByte: 0, lastByte: 1, totalBytes: 2 }],
    [' bytes 0-1/2 ', { firstByte: 0, lastByte: 1, totalBytes: 2 }],
  ])('%j is valid', (header, expected) => {
    expect(readContentRange(header)).toEqual(expected);
  });

  it.each([
    '0-1/1000',
    'bytes -10-100',
    'bytes -10-100/1000',
    'bytes 7-4/10',
    'bytes ABC-1/5',
    '80',
    '',
    'bytes',
    'bytes */1000',
    'bytes 0-1',
    'bytes 0-1/',
    'bytes 0-1/x',
    'bytes 0-10/10',
    'bytes=0-1/10',
    'bytes 0-1/10, bytes 2-3/10',
    'items 0-1/10',
    'bytes 0-1/10 trailing',
  ])('%j is not', (header) => {
    expect(readContentRange(header)).toBeUndefined();
  });
});

describe('strongEtag', () => {
  it.each(['"abc"', '""', '"a b"'])('takes %s', (etag) => {
    expect(strongEtag(new Headers({ etag }))).toBe(etag);
  });

  it.each(['W/"abc"', 'abc', '"abc', '"a"b"', ''])('takes nothing from %s', (etag) => {
    expect(strongEtag(new Headers({ etag }))).toBeUndefined();
  });

  it('takes nothing from nothing', () => {
    expect(strongEtag(new Headers())).toBeUndefined();
  });
});
