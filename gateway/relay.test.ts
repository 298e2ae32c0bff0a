import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type GatewayUnderTest, startGateway } from './testing/gateway-under-test.ts';
import { noise, type Origin, sameBytes, startOrigin } from './testing/origin.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const AUDIO = noise(300_000);
const JPEG = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), noise(2000)]);
const HTML = '<!DOCTYPE html><html><body>Please log in to the network of this hotel.</body></html>';

let origin: Origin;
let gateway: GatewayUnderTest;
/** Gives up soon, for the hosts that fall silent; the others get all the time they need. */
let impatient: GatewayUnderTest;
let answer: Answer;

/** A host as it should be: ranges, a validator, a length. */
const goodHost: Answer = (request, response) => {
  const [, start, end] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
  response.setHeader('Content-Type', 'audio/mpeg');
  response.setHeader('ETag', '"v1"');
  response.setHeader('Accept-Ranges', 'bytes');
  const part =
    start === undefined ? AUDIO : AUDIO.subarray(Number(start), end ? Number(end) + 1 : undefined);
  response.setHeader('Content-Length', part.length);
  if (start !== undefined) {
    const last = Number(start) + part.length - 1;
    response.writeHead(206, { 'Content-Range': `bytes ${start}-${last}/${AUDIO.length}` });
  }
  response.end(request.method === 'HEAD' ? undefined : part);
};

beforeAll(async () => {
  origin = await startOrigin((request, response) => answer(request, response));
  gateway = await startGateway({
    allowAddresses: [origin.address],
    limits: { imageBytes: 10_000, textBytes: 10_000 },
  });
  impatient = await startGateway({
    allowAddresses: [origin.address],
    limits: { idleTimeoutMs: 1000 },
  });
});

beforeEach(() => {
  answer = goodHost;
  origin.requests.length = 0;
});

afterAll(async () => {
  await gateway.close();
  await impatient.close();
  await origin.close();
});

async function relay(
  init: RequestInit & {
    path?: string;
    kind?: 'audio' | 'image' | 'chapters' | 'transcript';
    query?: string;
    through?: GatewayUnderTest;
  } = {},
): Promise<Response> {
  const { path = '/1.mp3', kind = 'audio', query = '', through = gateway, ...rest } = init;
  const token = await gateway.token(origin.url(path), kind);
  return through.request(`/api/relay/${token}${query}`, rest);
}

const plain = (
  status: number,
  headers: Record<string, string>,
  body?: string | Uint8Array,
): Answer => {
  return (_, response) => response.writeHead(status, headers).end(body);
};

async function expectFailure(response: Response, status: number, code: string) {
  expect([response.status, await response.json()]).toMatchObject([status, { failure: { code } }]);
}

describe('GET /api/relay/<token>', () => {
  it('passes the whole file on', async () => {
    const response = await relay();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-length')).toBe('300000');
    expect(sameBytes(await response.arrayBuffer(), AUDIO)).toBe(true);
    expect(origin.requests[0]?.headers['accept-encoding']).toBe('identity');
  });

  it.each([
    ['bytes=0-99', 0, 99],
    ['bytes=100-199', 100, 199],
    ['bytes=299000-', 299_000, 299_999],
  ])('passes the range %s on', async (range, start, end) => {
    const response = await relay({ headers: { range } });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes ${start}-${end}/300000`);
    expect(sameBytes(await response.arrayBuffer(), AUDIO.slice(start, end + 1))).toBe(true);
  });

  it.each(['bytes=0-1,5-6', 'bytes=abc', 'items=0-1', 'bytes=-', 'bytes=0-1\u00e4'])(
    'asks for everything where the range is %s',
    async (range) => {
      const response = await relay({ headers: { range } });
      expect(response.status).toBe(200);
      expect(origin.requests[0]?.headers.range).toBeUndefined();
    },
  );

  it('passes a 200 on where the host ignores ranges', async () => {
    answer = plain(200, { 'Content-Type': 'audio/mpeg' }, AUDIO);
    const response = await relay({ headers: { range: 'bytes=100-199' } });
    expect(response.status).toBe(200);
    expect((await response.arrayBuffer()).byteLength).toBe(AUDIO.length);
  });

  it('answers HEAD with the same headers and no body', async () => {
    const response = await relay({ method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-length')).toBe('300000');
    expect(response.headers.get('content-type')).toBe('audio/mpeg');
    expect(await response.text()).toBe('');
    expect(origin.requests[0]?.method).toBe('HEAD');
  });

  it('lets only the headers on the list through, and adds its own', async () => {
    const hostile = {
      'Clear-Site-Data': '"*"',
      'Set-Cookie': 'a=b',
      'Service-Worker-Allowed': '/',
      Refresh: '0; url=https://evil.example/',
      Link: '<https://evil.example/>; rel=preload',
      'Content-Disposition': 'inline; filename=a.html',
      'Access-Control-Allow-Origin': '*',
      'Content-Security-Policy': 'default-src *',
      'Last-Modified': 'Tue, 01 Sep 2026 10:00:00 GMT',
      'X-Powered-By': 'PHP',
    };
    answer = (request, response) => {
      for (const [name, value] of Object.entries(hostile)) response.setHeader(name, value);
      goodHost(request, response);
    };
    const response = await relay({ headers: { range: 'bytes=0-9' } });
    await response.arrayBuffer();
    expect(Object.fromEntries(response.headers)).toEqual({
      'accept-ranges': 'bytes',
      'cache-control': 'no-store, no-transform',
      'content-disposition': 'attachment',
      'content-length': '10',
      'content-range': 'bytes 0-9/300000',
      'content-security-policy': "default-src 'none'; sandbox",
      'content-type': 'audio/mpeg',
      'cross-origin-resource-policy': 'same-origin',
      etag: '"v1"',
      'last-modified': 'Tue, 01 Sep 2026 10:00:00 GMT',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
  });

  it('drops headers that are not in shape', async () => {
    answer = plain(
      200,
      { 'Content-Type': 'audio/mpeg', ETag: 'no quotes', 'Accept-Ranges': 'x' },
      AUDIO,
    );
    const response = await relay();
    expect(response.headers.get('etag')).toBeNull();
    expect(response.headers.get('accept-ranges')).toBeNull();
  });

  it('sends nothing of the client on but the range', async () => {
    const headers = {
      range: 'bytes=0-9',
      cookie: 'session=1',
      authorization: 'Bearer x',
      referer: 'http://podcasts.example/',
      'x-forwarded-for': '10.0.0.1',
    };
    await (await relay({ headers })).arrayBuffer();
    const sent = origin.requests[0]?.headers ?? {};
    expect(sent.range).toBe('bytes=0-9');
    for (const name of ['cookie', 'authorization', 'referer', 'x-forwarded-for']) {
      expect(sent[name]).toBeUndefined();
    }
  });

  describe('of a version', () => {
    it('passes the one that is expected', async () => {
      const response = await relay({ query: `?etag=${encodeURIComponent('"v1"')}` });
      expect(response.status).toBe(200);
    });

    it.each([['"v2"'], ['W/"v1"'], [undefined]])(
      'answers 412 when the host has %s',
      async (etag) => {
        answer = plain(200, { 'Content-Type': 'audio/mpeg', ...(etag && { ETag: etag }) }, AUDIO);
        await expectFailure(await relay({ query: '?etag=%22v1%22' }), 412, 'enclosure-changed');
      },
    );

    it('passes If-Range on where it is a strong ETag', async () => {
      await relay({ headers: { range: 'bytes=0-9', 'if-range': '"v1"' } });
      await relay({ headers: { range: 'bytes=0-9', 'if-range': 'yesterday' } });
      expect(origin.requests.map(({ headers }) => headers['if-range'])).toEqual([
        '"v1"',
        undefined,
      ]);
    });
  });

  describe('as a proxy that trusts nobody', () => {
    it.each([
      ['audio/mpeg', 'audio/mpeg', '/a'],
      ['Audio/X-M4A; charset=binary', 'audio/mp4', '/a'],
      ['application/octet-stream', 'audio/mpeg', '/a.mp3'],
      ['binary/octet-stream', 'audio/ogg', '/a.opus'],
      ['application/octet-stream', 'application/octet-stream', '/a'],
      ['audio/x-unheard-of', 'application/octet-stream', '/a'],
      ['video/mp4', 'video/mp4', '/a'],
    ])('passes noise declared as %s on as %s', async (declared, expected, path) => {
      answer = plain(200, { 'Content-Type': declared }, AUDIO);
      const response = await relay({ path });
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
      [
        'audio/mpeg',
        'The requested file is not available in your country. Please try again later.',
      ],
      ['audio/mpeg', JSON.stringify({ error: 'not allowed', detail: 'x'.repeat(100) })],
    ])('refuses %s with %j', async (declared, body) => {
      answer = plain(200, { 'Content-Type': declared }, body);
      await expectFailure(await relay(), 415, 'enclosure-not-audio');
    });

    it('does not judge the middle of a file by its first bytes', async () => {
      const headers = { 'Content-Type': 'audio/mpeg', 'Content-Range': 'bytes 100-199/300000' };
      answer = plain(206, headers, HTML.padEnd(100));
      expect((await relay({ headers: { range: 'bytes=100-199' } })).status).toBe(206);
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
      answer = given;
      await expectFailure(await relay(), 502, 'enclosure-http-status');
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
      answer = plain(theirs, { 'Retry-After': '7', 'Set-Cookie': 'a=b' }, HTML);
      const response = await relay();
      expect(response.headers.get('retry-after')).toBe(
        code === 'enclosure-http-status' ? '7' : null,
      );
      expect(response.headers.get('set-cookie')).toBeNull();
      await expectFailure(response, ours, code);
    });

    it('says how long the file is when a range lies behind its end', async () => {
      answer = plain(416, { 'Content-Range': 'bytes */300000' });
      const response = await relay({ headers: { range: 'bytes=999999-' } });
      expect([response.status, response.headers.get('content-range')]).toEqual([
        416,
        'bytes */300000',
      ]);
    });

    it('follows five redirects and checks each', async () => {
      answer = (request, response) => {
        const step = Number(request.url?.slice(1));
        if (step === 5) return goodHost(request, response);
        response.writeHead(302, { Location: `/${step + 1}` }).end();
      };
      expect((await relay({ path: '/0' })).status).toBe(200);
      await expectFailure(await relay({ path: '/-1' }), 502, 'enclosure-unreachable');
      answer = plain(302, { Location: 'http://127.0.0.1:9/' });
      await expectFailure(await relay(), 403, 'enclosure-refused');
    });
  });

  describe('of other kinds', () => {
    it('passes pictures on by their first bytes', async () => {
      answer = plain(200, { 'Content-Type': 'text/plain' }, JPEG);
      const response = await relay({ kind: 'image', headers: { range: 'bytes=0-9' } });
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
      expect((await response.arrayBuffer()).byteLength).toBe(JPEG.length);
      expect(origin.requests[0]?.headers.range).toBeUndefined();
    });

    it.each([
      ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
      ['HTML', HTML],
      ['noise', AUDIO.subarray(0, 5000)],
    ])('refuses %s sent as a picture', async (_, body) => {
      answer = plain(200, { 'Content-Type': 'image/png' }, body);
      await expectFailure(await relay({ kind: 'image' }), 415, 'unexpected');
    });

    it('refuses a picture that says it is too large, and breaks off one that turns out to be', async () => {
      const large = Buffer.concat([JPEG, noise(10_000)]);
      answer = plain(200, { 'Content-Length': String(large.length) }, large);
      await expectFailure(await relay({ kind: 'image' }), 502, 'unexpected');
      answer = (_, response) => {
        response.write(JPEG);
        response.end(noise(10_000));
      };
      const response = await relay({ kind: 'image' });
      await expect(response.arrayBuffer()).rejects.toThrow('larger than 10000 bytes');
    });

    it('unpacks chapters and transcripts', async () => {
      answer = plain(
        200,
        { 'Content-Encoding': 'gzip', ETag: '"v1"' },
        gzipSync('{"chapters":[]}'),
      );
      const response = await relay({ kind: 'chapters' });
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
      answer = plain(200, { 'Content-Type': declared }, body);
      const response = await relay({ kind: 'transcript', path });
      expect([response.status, response.headers.get('content-type')]).toEqual([200, expected]);
      expect(await response.text()).toBe(body);
    });

    it('refuses chapters that are no JSON object, and binary transcripts', async () => {
      answer = plain(200, { 'Content-Type': 'application/json' }, HTML);
      await expectFailure(await relay({ kind: 'chapters' }), 415, 'unexpected');
      answer = plain(200, { 'Content-Type': 'text/vtt' }, AUDIO.subarray(0, 5000));
      await expectFailure(await relay({ kind: 'transcript' }), 415, 'unexpected');
    });
  });

  describe('in time', () => {
    it('gives up on a host that is silent', async () => {
      answer = () => undefined;
      await expectFailure(await relay({ through: impatient }), 504, 'enclosure-unreachable');
    });

    it('gives up on a host that falls silent, and lets the client see it', async () => {
      answer = (_, response) => {
        response.writeHead(200, { 'Content-Type': 'audio/mpeg', 'Content-Length': '300000' });
        response.write(AUDIO.subarray(0, 1000));
      };
      const response = await relay({ through: impatient });
      await expect(response.arrayBuffer()).rejects.toThrow('took too long');
    });

    it('breaks off where the host does', async () => {
      answer = (request, response) => {
        response.writeHead(200, { 'Content-Type': 'audio/mpeg', 'Content-Length': '300000' });
        response.write(AUDIO.subarray(0, 1000), () => request.socket.destroy());
      };
      await expect((await relay()).arrayBuffer()).rejects.toThrow();
    });

    it('calls a host that is not there unreachable', async () => {
      answer = (request) => request.socket.destroy();
      await expectFailure(await relay(), 502, 'enclosure-unreachable');
    });

    it('lets go of the host when the client stops reading', async () => {
      const closed = new Promise<void>((resolve) => {
        answer = (_, response) => {
          response.once('close', resolve);
          response.writeHead(200, { 'Content-Type': 'audio/mpeg' });
          response.write(AUDIO);
        };
      });
      const reader = (await relay()).body?.getReader();
      await reader?.read();
      await reader?.cancel();
      await closed;
    });

    it('lets go of the host when the client goes before the first byte', async () => {
      const client = new AbortController();
      const closed = new Promise<void>((resolve) => {
        answer = (_, response) => {
          response.once('close', resolve);
          client.abort();
        };
      });
      await relay({ signal: client.signal });
      await closed;
    });

    it('reads no more than the client takes', async () => {
      let writtenBytes = 0;
      let isFull = () => {};
      const full = new Promise<void>((resolve) => {
        isFull = resolve;
      });
      answer = (_, response) => {
        response.writeHead(200, { 'Content-Type': 'audio/mpeg' });
        const more = () => {
          for (;;) {
            writtenBytes += AUDIO.length;
            if (!response.write(AUDIO)) break;
          }
          // Whoever reads drains this; nobody does any more once all buffers are full.
          const timer = setTimeout(isFull, 100);
          response.once('drain', () => {
            clearTimeout(timer);
            if (writtenBytes < 200_000_000) more();
          });
        };
        more();
      };
      const reader = (await relay()).body?.getReader();
      await reader?.read();
      await full;
      expect(writtenBytes).toBeLessThan(50_000_000);
      await reader?.cancel();
    });
  });
});
