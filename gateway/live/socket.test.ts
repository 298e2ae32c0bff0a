import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { upgradeWebSocket } from '@hono/node-server';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import WebSocket from 'ws';
import { createGateway } from '../gateway.ts';
import { nodeListeners } from '../node-listeners.ts';
import { type GatewayUnderTest, startGateway } from '../testing/gateway-under-test.ts';
import { LiveSocket, type LiveUnderTest, startLive } from '../testing/live-under-test.ts';

let live: LiveUnderTest;
let gateway: GatewayUnderTest;
const warned = vi.spyOn(console, 'error').mockImplementation(() => undefined);

beforeAll(async () => {
  live = await startLive();
  gateway = await startGateway();
});

afterEach(() => {
  expect(warned).not.toHaveBeenCalled();
});

afterAll(async () => {
  await live.close();
  await gateway.close();
});

/** The status with which the handshake is answered. */
async function handshake(headers: Record<string, string>, path = '/api/live'): Promise<number> {
  const socket = new WebSocket(`ws://127.0.0.1:${live.port}${path}`, { headers });
  socket.on('error', () => undefined);
  const [, response] = await once(socket, 'unexpected-response');
  const { statusCode } = response;
  socket.terminate();
  return statusCode;
}

describe('a handshake', () => {
  it.each(['localhost', '127.0.0.1', '[::1]'])('is taken from a page at %s', async (host) => {
    const socket = await live.open({ origin: `http://${host}:${live.port}` });
    socket.cut();
  });

  it.each([
    ['another site', 'https://evil.example'],
    ['another port', 'http://localhost:1'],
    ['another scheme', 'https://localhost:PORT'],
    ['a name that begins as ours', 'http://localhost.evil.example:PORT'],
    ['a name that ends as ours', 'http://evil-localhost:PORT'],
    ['a sandbox or a file', 'null'],
    ['an origin with a path', 'http://localhost:PORT/'],
    ['nothing', ''],
  ])('is refused from %s', async (_, origin) => {
    expect(await handshake({ origin: origin.replace('PORT', String(live.port)) })).toBe(403);
  });

  it('is refused without an Origin header, and from another site that says so', async () => {
    expect(await handshake({})).toBe(403);
    const origin = `http://localhost:${live.port}`;
    expect(await handshake({ origin, 'sec-fetch-site': 'cross-site' })).toBe(403);
  });

  it('is refused where there is no WebSocket', async () => {
    const origin = `http://localhost:${live.port}`;
    for (const path of ['/', '/api/feeds', '/api/live/events', '/healthz']) {
      expect(await handshake({ origin }, path), path).not.toBe(101);
    }
    expect((await fetch(`http://localhost:${live.port}/api/live`)).status).toBe(426);
  });
});

describe('what is said on it', () => {
  const hello = (more: object = {}) =>
    JSON.stringify({ type: 'hello', handle: 'x'.repeat(64), ...more });

  it.each<[string, string | Buffer, number]>([
    ['no JSON', 'hello', 1008],
    ['nothing', '', 1008],
    ['null', 'null', 1008],
    ['a list', '[]', 1008],
    ['another type', hello({ type: 'follow' }), 1008],
    ['an extra field', hello({ feeds: ['https://a.example/'] }), 1008],
    ['an own prototype', hello().replace('{', '{"__proto__":{"a":1},'), 1008],
    ['a handle that is none', hello({ handle: '../../etc/passwd' }), 1008],
    ['an id that is none', hello({ lastEventId: '1\r\nX: y' }), 1008],
    ['bytes', Buffer.from(hello()), 1008],
    ['deep nesting', '['.repeat(30_000), 1008],
    ['more than 64 KiB', 'x'.repeat(64 * 1024 + 1), 1009],
    ['a handle that nobody has', hello(), 4404],
  ])('ends it when it is %s', async (_, data, code) => {
    const socket = await live.open();
    socket.socket.send(data);
    expect(await socket.closed).toBe(code);
    expect(socket.messages).toEqual([]);
  });

  it('is one hello, and not another', async () => {
    const socket = await live.open();
    const handle = await live.follow();
    socket.hello(handle);
    await vi.waitFor(() => expect(socket.messages.length).toBe(1));
    socket.hello(handle);
    expect(await socket.closed).toBe(1008);
  });

  it('is not compressed, although the client offers it', async () => {
    const socket = new LiveSocket(`ws://localhost:${live.port}/api/live`, {
      origin: `http://localhost:${live.port}`,
      'sec-websocket-extensions': 'permessage-deflate',
    });
    await once(socket.socket, 'open');
    expect(socket.socket.extensions).toBe('');
    socket.cut();
  });
});

it('answers a client that offers HTTP/2, and lets go of one that offers nonsense', async () => {
  const headers = {
    connection: 'Upgrade, HTTP2-Settings',
    upgrade: 'h2c',
    'http2-settings': 'AAM',
  };
  const get = httpRequest({ port: live.port, path: '/healthz', headers }).end();
  const [response] = await once(get, 'response');
  expect(response.statusCode).toBe(200);
  expect(String(await once(response, 'data'))).toBe('ok');

  const socket = connect(live.port, '127.0.0.1', () =>
    socket.write(
      'POST /api/feeds HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n',
    ),
  );
  const [answer] = await once(socket, 'data');
  expect(String(answer)).toMatch(/^HTTP\/1\.1 400 /);
  await once(socket, 'close');
});

it('ends a client that does not answer a ping, and not one that does', async () => {
  const listeners = nodeListeners(createGateway({ ...gateway.context, upgradeWebSocket }).fetch, {
    pingEveryMs: 500,
  });
  const server = createServer(listeners.onRequest).on('upgrade', listeners.onUpgrade);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const options = { origin: `http://${address}` };
  const lively = new WebSocket(`ws://${address}/api/live`, options);
  const silent = new WebSocket(`ws://${address}/api/live`, { ...options, autoPong: false });
  const [code] = await once(silent, 'close');
  expect(code).toBe(1006);
  await once(lively, 'ping');
  expect(lively.readyState).toBe(WebSocket.OPEN);
  await listeners.close();
  await new Promise((resolve) => server.close(resolve));
});

describe('a flood', () => {
  it('of messages ends the connection that it comes on', async () => {
    const socket = await live.open();
    for (let count = 0; count < 20_000; count += 1) socket.socket.send('{"type":"hello"}');
    expect([1006, 1008]).toContain(await socket.closed);
    expect((await fetch(`http://localhost:${live.port}/healthz`)).status).toBe(200);
  });

  it('of requests is turned away, and handshakes with it, from that client alone', async () => {
    const ask = (client: string) =>
      gateway.post('/api/live/follows', { feeds: [] }, { 'x-test-client': client });
    const statuses = new Set<number>();
    for (let count = 0; count < 120; count += 1) statuses.add((await ask('flood')).status);
    expect([...statuses]).toEqual([200]);
    const refused = await ask('flood');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
    const shake = { upgrade: 'websocket', origin: 'http://podcasts.example' };
    const headers = { ...shake, 'x-test-client': 'flood' };
    expect((await gateway.request('/api/live', { headers })).status).toBe(429);
    const events = { headers: { 'x-test-client': 'flood' } };
    expect((await gateway.request('/api/live/events?handle=x', events)).status).toBe(429);
    expect((await ask('another')).status).toBe(200);
  });
});
