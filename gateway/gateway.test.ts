import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { GatewayContext } from './context.ts';
import { createGateway } from './gateway.ts';
import { importTokenKey, signToken } from './guard/tokens.ts';
import { type GatewayUnderTest, startGateway } from './testing/gateway-under-test.ts';
import { noise, type Origin, startOrigin } from './testing/origin.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

let origin: Origin;
let gateway: GatewayUnderTest;

beforeEach(async () => {
  origin = await startOrigin((_, response) => {
    response.setHeader('Content-Type', 'audio/mpeg');
    response.end(noise(1000));
  });
  gateway = await startGateway({
    allowAddresses: [origin.address],
    limits: {
      client: {
        requests: { burst: 20, perSecond: 1 },
        bytes: { burst: 2500, perSecond: 100 },
        concurrentStreams: 2,
      },
    },
  });
});

afterEach(async () => {
  await gateway.close();
  await origin.close();
});

async function expectFailure(response: Response, status: number, failure: object) {
  expect([response.status, await response.json()]).toEqual([status, { failure }]);
}

describe('the gateway', () => {
  it('is healthy', async () => {
    const response = await gateway.request('/healthz');
    expect([response.status, await response.text()]).toEqual([200, 'ok']);
  });

  it('answers what it does not know as it answers everything', async () => {
    for (const path of ['/api/nothing', '/api/feeds', '/api/relay/', '/api/relay/a/b']) {
      const response = await gateway.request(path);
      expect(response.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('cache-control')).toBe('no-store');
      await expectFailure(response, 404, { code: 'unexpected', detail: 'no such address' });
    }
  });

  it('refuses other sites', async () => {
    const token = await gateway.token(origin.url('/1.mp3'));
    const headers = { 'sec-fetch-site': 'cross-site' };
    expect((await gateway.request(`/api/relay/${token}`, { headers })).status).toBe(403);
    const body = { feeds: [{ url: origin.url('/') }] };
    expect((await gateway.post('/api/feeds', body, headers)).status).toBe(403);
    expect(origin.requests).toHaveLength(0);
    const own = { 'sec-fetch-site': 'same-origin' };
    expect((await gateway.request(`/api/relay/${token}`, { headers: own })).status).toBe(200);
  });

  it('never lets relayed bytes become a service worker', async () => {
    const token = await gateway.token(origin.url('/sw.js'));
    const headers = { 'service-worker': 'script' };
    expect((await gateway.request(`/api/relay/${token}`, { headers })).status).toBe(403);
    expect((await gateway.request('/healthz', { headers })).status).toBe(403);
    expect(origin.requests).toHaveLength(0);
  });

  it('keeps a bug to itself', async () => {
    const context: GatewayContext = {
      ...gateway.context,
      clientAddress: () => {
        throw new Error('a secret detail');
      },
    };
    const log = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const response = await createGateway(context).request('/api/relay/x');
    expect(log).toHaveBeenCalledOnce();
    log.mockRestore();
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    await expectFailure(response, 500, { code: 'unexpected', detail: 'a bug of the gateway' });
  });

  it('packs the answer with the feeds, which is large', async () => {
    const body = { feeds: Array.from({ length: 20 }, () => ({ url: `no ${'x'.repeat(99)}` })) };
    const response = await gateway.post('/api/feeds', body, { 'accept-encoding': 'gzip' });
    expect(response.headers.get('content-encoding')).toBe('gzip');
    const unpacked = response.body?.pipeThrough(new DecompressionStream('gzip'));
    expect((await new Response(unpacked).json()).results).toHaveLength(20);
  });
});

describe('relay tokens', () => {
  it('run out after a day, and can be exchanged ever after', async () => {
    const token = await gateway.token(origin.url('/1.mp3'));
    gateway.clock.now += 400 * DAY_MS;
    await expectFailure(await gateway.request(`/api/relay/${token}`), 401, {
      code: 'enclosure-denied',
      status: 401,
    });
    const { tokens } = await (await gateway.post('/api/relay-tokens', { tokens: [token] })).json();
    expect((await gateway.request(`/api/relay/${tokens[0]}`)).status).toBe(200);
    gateway.clock.now += DAY_MS;
    expect((await gateway.request(`/api/relay/${tokens[0]}`)).status).toBe(401);
  });

  it('of somebody else open nothing', async () => {
    const grant = { url: origin.url('/1.mp3'), kind: 'audio' as const, expiresAt: 9e15 };
    const foreign = await signToken(await importTokenKey('another secret'), grant);
    const good = await gateway.token(grant.url);
    const forged = good.replace(/^.{14}/, '$&x');
    for (const token of [foreign, forged, 'x', good.split('.')[0]]) {
      await expectFailure(await gateway.request(`/api/relay/${token}`), 403, {
        code: 'enclosure-refused',
      });
    }
    const response = await gateway.post('/api/relay-tokens', { tokens: [foreign, good, forged] });
    expect((await response.json()).tokens).toEqual([null, expect.any(String), null]);
    expect(origin.requests).toHaveLength(0);
  });

  it('for a refused address open nothing either', async () => {
    const token = await gateway.token('http://127.0.0.1:9/');
    await expectFailure(await gateway.request(`/api/relay/${token}`), 403, {
      code: 'enclosure-refused',
    });
  });

  it.each([
    [{}],
    [{ tokens: [] }],
    [{ tokens: ['x'], more: 1 }],
    [{ tokens: Array(257).fill('x') }],
  ])('are not exchanged for %j', async (body) =>
    expect((await gateway.post('/api/relay-tokens', body)).status).toBe(400),
  );
});

describe('limits for one client', () => {
  it('count requests, and say when to come again', async () => {
    const feeds = Array.from({ length: 20 }, () => ({ url: 'no address' }));
    expect((await gateway.post('/api/feeds', { feeds })).status).toBe(200);
    const refused = await gateway.post('/api/feeds', { feeds });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '20']);
    const other = { 'x-test-client': 'someone else' };
    expect((await gateway.post('/api/feeds', { feeds }, other)).status).toBe(200);
    gateway.clock.now += 20_000;
    expect((await gateway.post('/api/feeds', { feeds })).status).toBe(200);
  });

  it('count bytes', async () => {
    const token = await gateway.token(origin.url('/1.mp3'));
    for (let count = 0; count < 3; count += 1) {
      await (await gateway.request(`/api/relay/${token}`)).arrayBuffer();
    }
    const refused = await gateway.request(`/api/relay/${token}`);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '5']);
  });

  it('count streams until they end, however they end', async () => {
    const good = await gateway.token(origin.url('/1.mp3'));
    const bad = await gateway.token('http://127.0.0.1:9/');
    const ask = (token: string, init?: RequestInit) => gateway.request(`/api/relay/${token}`, init);
    for (let count = 0; count < 4; count += 1) await ask(bad);
    await ask(good, { method: 'HEAD' });
    await ask(good, { method: 'HEAD' });
    await (await ask(good)).body?.cancel();
    const first = await ask(good);
    await ask(good);
    expect((await ask(good)).status).toBe(429);
    await first.arrayBuffer();
    expect((await ask(good)).status).toBe(200);
  });
});
