import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sameBytes } from './testing/origin.ts';
import { AUDIO, plain, type RelayUnderTest, startRelay } from './testing/relay-under-test.ts';

let relay: RelayUnderTest;

beforeAll(async () => {
  relay = await startRelay();
});

beforeEach(() => relay.reset());

afterAll(() => relay.close());

async function expectFailure(response: Response, status: number, code: string) {
  expect([response.status, await response.json()]).toMatchObject([status, { failure: { code } }]);
}

describe('GET /api/relay/<token>', () => {
  it('passes the whole file on', async () => {
    const response = await relay.ask();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-length')).toBe('300000');
    expect(sameBytes(await response.arrayBuffer(), AUDIO)).toBe(true);
    expect(relay.requests[0]?.headers['accept-encoding']).toBe('identity');
  });

  it.each([
    ['bytes=0-99', 0, 99],
    ['bytes=100-199', 100, 199],
    ['bytes=299000-', 299_000, 299_999],
  ])('passes the range %s on', async (range, start, end) => {
    const response = await relay.ask({ headers: { range } });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes ${start}-${end}/300000`);
    expect(sameBytes(await response.arrayBuffer(), AUDIO.slice(start, end + 1))).toBe(true);
  });

  it.each(['bytes=0-1,5-6', 'bytes=abc', 'items=0-1', 'bytes=-', 'bytes=0-1\u00e4'])(
    'asks for everything where the range is %s',
    async (range) => {
      const response = await relay.ask({ headers: { range } });
      expect(response.status).toBe(200);
      expect(relay.requests[0]?.headers.range).toBeUndefined();
    },
  );

  it('passes a 200 on where the host ignores ranges', async () => {
    relay.answer = plain(200, { 'Content-Type': 'audio/mpeg' }, AUDIO);
    const response = await relay.ask({ headers: { range: 'bytes=100-199' } });
    expect(response.status).toBe(200);
    expect((await response.arrayBuffer()).byteLength).toBe(AUDIO.length);
  });

  it('answers HEAD with the same headers and no body', async () => {
    const response = await relay.ask({ method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-length')).toBe('300000');
    expect(response.headers.get('content-type')).toBe('audio/mpeg');
    expect(await response.text()).toBe('');
    expect(relay.requests[0]?.method).toBe('HEAD');
  });
});

describe('GET /api/relay/<token> of a version', () => {
  it('passes the one that is expected', async () => {
    const response = await relay.ask({ query: `?etag=${encodeURIComponent('"v1"')}` });
    expect(response.status).toBe(200);
  });

  it.each([['"v2"'], ['W/"v1"'], [undefined]])('answers 412 when the host has %s', async (etag) => {
    relay.answer = plain(200, { 'Content-Type': 'audio/mpeg', ...(etag && { ETag: etag }) }, AUDIO);
    await expectFailure(await relay.ask({ query: '?etag=%22v1%22' }), 412, 'enclosure-changed');
  });

  it('answers 204 to who asks for that: a Background Fetch sees no 412', async () => {
    relay.answer = plain(200, { 'Content-Type': 'audio/mpeg', ETag: '"v2"' }, AUDIO);
    const response = await relay.ask({ query: '?etag=%22v1%22&changed=204' });
    expect(response.status).toBe(204);
    expect(await response.text()).toBe('');
  });

  it.each([412, 204])('answers %d as well when the host has become too short', async (status) => {
    relay.answer = plain(416, { 'Content-Range': 'bytes */500', ETag: '"v2"' });
    const query = `?etag=%22v1%22&changed=${status}`;
    const response = await relay.ask({ query, headers: { range: 'bytes=1000-1999' } });
    expect(response.status).toBe(status);
  });

  it('passes If-Range on where it is a strong ETag', async () => {
    await relay.ask({ headers: { range: 'bytes=0-9', 'if-range': '"v1"' } });
    await relay.ask({ headers: { range: 'bytes=0-9', 'if-range': 'yesterday' } });
    expect(relay.requests.map(({ headers }) => headers['if-range'])).toEqual(['"v1"', undefined]);
  });
});
