import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from './testing/origin.ts';
import {
  AUDIO,
  goodHost,
  HTML,
  plain,
  type RelayUnderTest,
  startRelay,
} from './testing/relay-under-test.ts';

let relay: RelayUnderTest;

beforeAll(async () => {
  relay = await startRelay();
});

beforeEach(() => relay.reset());

afterAll(() => relay.close());

async function expectFailure(response: Response, status: number, code: string) {
  expect([response.status, await response.json()]).toMatchObject([status, { failure: { code } }]);
}

describe('GET /api/relay/<token> as a proxy that trusts nobody', () => {
  it.each([
    ['audio/mpeg', 'audio/mpeg', '/a'],
    ['Audio/X-M4A; charset=binary', 'audio/mp4', '/a'],
    ['application/octet-stream', 'audio/mpeg', '/a.mp3'],
    ['binary/octet-stream', 'audio/ogg', '/a.opus'],
    ['application/octet-stream', 'application/octet-stream', '/a'],
    ['audio/x-unheard-of', 'application/octet-stream', '/a'],
    ['video/mp4', 'video/mp4', '/a'],
  ])('passes noise declared as %s on as %s', async (declared, expected, path) => {
    relay.answer = plain(200, { 'Content-Type': declared }, AUDIO);
    const response = await relay.ask({ path });
    expect([response.status, response.headers.get('content-type')]).toEqual([200, expected]);
  });

  it.each([
    ['text/html', HTML],
    ['text/html', AUDIO],
    ['text/plain', AUDIO],
    ['application/json', AUDIO],
    ['application/javascript', AUDIO],
    ['image/svg+xml', AUDIO],
    ['application/xhtml+xml', AUDIO],
    ['audio/mpeg', HTML],
    ['audio/mpeg', `\ufeff\n\n  ${HTML}`],
    ['audio/mpeg', Buffer.from(`\ufeff${HTML}`, 'utf16le')],
    ['audio/mpeg', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
    ['application/octet-stream', '<script>fetch("/")</script>'],
    ['audio/mpeg', 'The requested file is not available in your country. Please try again later.'],
    ['audio/mpeg', JSON.stringify({ error: 'not allowed', detail: 'x'.repeat(100) })],
  ])('refuses %s with %j', async (declared, body) => {
    relay.answer = plain(200, { 'Content-Type': declared }, body);
    await expectFailure(await relay.ask(), 415, 'enclosure-not-audio');
  });

  it('does not judge the middle of a file by its first bytes', async () => {
    const headers = { 'Content-Type': 'audio/mpeg', 'Content-Range': 'bytes 100-199/300000' };
    relay.answer = plain(206, headers, HTML.padEnd(100));
    expect((await relay.ask({ headers: { range: 'bytes=100-199' } })).status).toBe(206);
  });

  it.each<[string, Answer]>([
    ['204', plain(204, {})],
    ['304', plain(304, {})],
    [
      'multipart',
      plain(
        206,
        { 'Content-Type': 'multipart/byteranges; boundary=x', 'Content-Range': 'bytes 0-0/1' },
        'x',
      ),
    ],
    ['206 without a range', plain(206, { 'Content-Type': 'audio/mpeg' }, AUDIO)],
    [
      '206 with a broken range',
      plain(206, { 'Content-Type': 'audio/mpeg', 'Content-Range': 'bytes ABC-1/5' }, AUDIO),
    ],
    [
      'gzip',
      plain(200, { 'Content-Type': 'audio/mpeg', 'Content-Encoding': 'gzip' }, gzipSync(AUDIO)),
    ],
    ['a redirect to nowhere', plain(302, {})],
  ])('calls %s unusable', async (_, given) => {
    relay.answer = given;
    await expectFailure(await relay.ask(), 502, 'enclosure-http-status');
  });

  it.each([
    [404, 404, 'enclosure-not-found'],
    [410, 410, 'enclosure-not-found'],
    [401, 403, 'enclosure-denied'],
    [403, 403, 'enclosure-denied'],
    [429, 429, 'enclosure-http-status'],
    [500, 500, 'enclosure-http-status'],
    [503, 503, 'enclosure-http-status'],
  ])('turns status %i into %i', async (theirs, ours, code) => {
    relay.answer = plain(theirs, { 'Retry-After': '7', 'Set-Cookie': 'a=b' }, HTML);
    const response = await relay.ask();
    expect(response.headers.get('retry-after')).toBe(code === 'enclosure-http-status' ? '7' : null);
    expect(response.headers.get('set-cookie')).toBeNull();
    await expectFailure(response, ours, code);
  });

  it('says how long the file is when a range lies behind its end', async () => {
    relay.answer = plain(416, { 'Content-Range': 'bytes */300000' });
    const response = await relay.ask({ headers: { range: 'bytes=999999-' } });
    expect([response.status, response.headers.get('content-range')]).toEqual([
      416,
      'bytes */300000',
    ]);
  });

  it('follows five redirects and checks each', async () => {
    relay.answer = (request, response) => {
      const step = Number(request.url?.slice(1));
      if (step === 5) return goodHost(request, response);
      response.writeHead(302, { Location: `/${step + 1}` }).end();
    };
    expect((await relay.ask({ path: '/0' })).status).toBe(200);
    await expectFailure(await relay.ask({ path: '/-1' }), 502, 'enclosure-unreachable');
    relay.answer = plain(302, { Location: 'http://127.0.0.1:9/' });
    await expectFailure(await relay.ask(), 403, 'enclosure-refused');
  });
});
