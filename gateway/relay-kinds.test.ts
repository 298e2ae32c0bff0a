import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { noise } from './testing/origin.ts';
import { AUDIO, HTML, plain, type RelayUnderTest, startRelay } from './testing/relay-under-test.ts';

const JPEG = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), noise(2000)]);

let relay: RelayUnderTest;

beforeAll(async () => {
  relay = await startRelay({ imageBytes: 10_000, textBytes: 10_000 });
});

beforeEach(() => relay.reset());

afterAll(() => relay.close());

async function expectFailure(response: Response, status: number, code: string) {
  expect([response.status, await response.json()]).toMatchObject([status, { failure: { code } }]);
}

describe('GET /api/relay/<token> of other kinds', () => {
  it('passes pictures on by their first bytes', async () => {
    relay.answer = plain(200, { 'Content-Type': 'text/plain' }, JPEG);
    const response = await relay.ask({ kind: 'image', headers: { range: 'bytes=0-9' } });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    expect((await response.arrayBuffer()).byteLength).toBe(JPEG.length);
    expect(relay.requests[0]?.headers.range).toBeUndefined();
  });

  it.each([
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['HTML', HTML],
    ['noise', AUDIO.subarray(0, 5000)],
  ])('refuses %s sent as a picture', async (_, body) => {
    relay.answer = plain(200, { 'Content-Type': 'image/png' }, body);
    await expectFailure(await relay.ask({ kind: 'image' }), 415, 'unexpected');
  });

  it('refuses a picture that says it is too large, and breaks off one that turns out to be', async () => {
    const large = Buffer.concat([JPEG, noise(10_000)]);
    relay.answer = plain(200, { 'Content-Length': String(large.length) }, large);
    await expectFailure(await relay.ask({ kind: 'image' }), 502, 'unexpected');
    relay.answer = (_, response) => {
      response.write(JPEG);
      response.end(noise(10_000));
    };
    const response = await relay.ask({ kind: 'image' });
    await expect(response.arrayBuffer()).rejects.toThrow('larger than 10000 bytes');
  });

  it('unpacks chapters and transcripts', async () => {
    relay.answer = plain(
      200,
      { 'Content-Encoding': 'gzip', ETag: '"v1"' },
      gzipSync('{"chapters":[]}'),
    );
    const response = await relay.ask({ kind: 'chapters' });
    expect(await response.json()).toEqual({ chapters: [] });
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers.get('content-length')).toBeNull();
    expect(response.headers.get('etag')).toBeNull();
  });

  it.each([
    ['text/vtt', '/a', 'WEBVTT', 'text/vtt; charset=utf-8'],
    ['text/plain; charset=ISO-8859-1', '/a.vtt', 'WEBVTT', 'text/vtt; charset=iso-8859-1'],
    ['application/x-subrip', '/a.srt', '1', 'application/x-subrip; charset=utf-8'],
    ['application/json', '/a', '{}', 'application/json'],
    ['text/html', '/a', '<p>Hello</p>', 'text/plain; charset=utf-8'],
    ['text/html; charset="><script>', '/a', '<p>Hello</p>', 'text/plain; charset=utf-8'],
  ])('passes a transcript declared as %s on', async (declared, path, body, expected) => {
    relay.answer = plain(200, { 'Content-Type': declared }, body);
    const response = await relay.ask({ kind: 'transcript', path });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, expected]);
    expect(await response.text()).toBe(body);
  });

  it('refuses chapters that are no JSON object, and binary transcripts', async () => {
    relay.answer = plain(200, { 'Content-Type': 'application/json' }, HTML);
    await expectFailure(await relay.ask({ kind: 'chapters' }), 415, 'unexpected');
    relay.answer = plain(200, { 'Content-Type': 'text/vtt' }, AUDIO.subarray(0, 5000));
    await expectFailure(await relay.ask({ kind: 'transcript' }), 415, 'unexpected');
  });
});
