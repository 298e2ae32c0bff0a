import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  AUDIO,
  goodHost,
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

describe('GET /api/relay/<token>', () => {
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
    relay.answer = (request, response) => {
      for (const [name, value] of Object.entries(hostile)) response.setHeader(name, value);
      goodHost(request, response);
    };
    const response = await relay.ask({ headers: { range: 'bytes=0-9' } });
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
    relay.answer = plain(
      200,
      { 'Content-Type': 'audio/mpeg', ETag: 'no quotes', 'Accept-Ranges': 'x' },
      AUDIO,
    );
    const response = await relay.ask();
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
    await (await relay.ask({ headers })).arrayBuffer();
    const sent = relay.requests[0]?.headers ?? {};
    expect(sent.range).toBe('bytes=0-9');
    for (const name of ['cookie', 'authorization', 'referer', 'x-forwarded-for']) {
      expect(sent[name]).toBeUndefined();
    }
  });
});
