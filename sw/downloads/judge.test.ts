import { describe, expect, it } from 'vitest';
import { anAttempt } from '../../core/storage/testing/rows.ts';
import { judgeRange, judgeWhole } from './judge.ts';

const attempt = anAttempt({ totalBytes: 1000, validator: '"a"' });
const request = { offsetBytes: 200, lengthBytes: 100, overlapBytes: 50 };

function judge(status: number, headers: Record<string, string> = {}) {
  return judgeRange({ status, headers: new Headers(headers) }, attempt, request);
}

describe('an answer to bytes 150-299 of 1000', () => {
  it.each([
    ['nothing else is readable', {}],
    ['its Content-Range is what was asked', { 'content-range': 'bytes 150-299/1000' }],
    ['the host does not know the total', { 'content-range': 'bytes 150-299/*' }],
    ['it is of the same version', { etag: '"a"' }],
    ['its ETag is weak, and says nothing about bytes', { etag: 'W/"b"' }],
  ])('is good when %s', (_name, headers) => {
    expect(judge(206, headers)).toBe('good');
  });

  it.each([
    ['its version is another', { etag: '"b"' }],
    ['its range begins elsewhere', { 'content-range': 'bytes 151-299/1000' }],
    ['its range ends elsewhere', { 'content-range': 'bytes 150-298/1000' }],
    ['its total is another', { 'content-range': 'bytes 150-299/1001' }],
    ['its Content-Range is malformed', { 'content-range': 'bytes 299-150/1000' }],
    ['its Content-Range is no range', { 'content-range': '80' }],
    ['its bytes are encoded', { 'content-encoding': 'gzip' }],
  ])('is of another version when %s', (_name, headers) => {
    expect(judge(206, headers)).toBe('changed');
  });

  it.each([200, 412, 416])('is of another version when its status is %d', (status) => {
    expect(judge(status)).toBe('changed');
  });

  it.each(['text/html; charset=utf-8', 'application/json'])(
    'is worth waiting for when something else has answered: %s',
    (type) => {
      expect(judge(200, { 'content-type': type })).toBe('wait');
      expect(judge(200, { 'content-type': 'audio/mpeg' })).toBe('changed');
    },
  );

  it.each([408, 425, 429, 500, 502, 503, 504])('is worth waiting for after a %d', (status) => {
    expect(judge(status)).toBe('wait');
  });

  it.each([204, 304, 400, 401, 403, 404, 410, 451])('is refused by a %d', (status) => {
    expect(judge(status)).toBe('refused');
  });
});

describe('an attempt that comes through the gateway', () => {
  it('hears of another version in a Background Fetch by a 204', () => {
    const relayed = anAttempt({ totalBytes: 1000, route: 'gateway' });
    const response = { status: 204, headers: new Headers() };
    expect(judgeRange(response, relayed, request)).toBe('changed');
  });
});

describe('an attempt that has no validator', () => {
  it('takes any: the overlap decides', () => {
    const unsure = anAttempt({ totalBytes: 1000, validator: undefined });
    const response = { status: 206, headers: new Headers({ etag: '"b"' }) };
    expect(judgeRange(response, unsure, request)).toBe('good');
  });
});

describe('an answer to a request for everything', () => {
  it.each([
    ['good', [200, 206]],
    ['wait', [408, 425, 429, 500, 503]],
    ['refused', [204, 304, 401, 403, 404, 410, 416, 451]],
  ] as const)('is %s after %j', (judgement, codes) => {
    for (const code of codes) expect(judgeWhole({ status: code })).toBe(judgement);
  });
});
