import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type RunningServer, startServer } from './server.ts';
import { feedXml, noise, type Origin, sameBytes, startOrigin } from './testing/origin.ts';

const SECRET = 'a secret that is long enough for a test';
const AUDIO = noise(3_000_000);

let folder: string;
let origin: Origin;
const running: RunningServer[] = [];
let printed: string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stowaway-server-'));
  await mkdir(join(folder, 'sample'));
  await writeFile(join(folder, 'index.html'), '<!doctype html>');
  await writeFile(join(folder, 'sample/1.mp3'), AUDIO);
  origin = await startOrigin((request, response) => {
    if (request.url === '/feed.xml') {
      response.end(feedXml([origin.url('/1.mp3')]));
      return;
    }
    response.setHeader('Content-Type', 'audio/mpeg');
    // Without an end: whoever takes it has to let go of it.
    if (request.url === '/endless.mp3') response.write(AUDIO);
    else response.end(AUDIO);
  });
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
  printed = [];
});

afterAll(async () => {
  await origin.close();
  await rm(folder, { recursive: true });
});

async function start(env: Record<string, string> = {}): Promise<RunningServer> {
  const server = await startServer({
    env: { PORT: '0', GATEWAY_SECRET: SECRET, GATEWAY_ALLOW_ADDRESSES: origin.address, ...env },
    appFolder: folder,
    print: (line) => printed.push(line),
  });
  running.push(server);
  return server;
}

async function subscribe(port: number): Promise<Map<string, string>> {
  const response = await fetch(`http://localhost:${port}/api/feeds`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ feeds: [{ url: origin.url('/feed.xml') }] }),
  });
  const { results } = await response.json();
  return new Map(results[0].relayTokens);
}

describe('the server', () => {
  it('is there under both addresses of localhost, and says where', async () => {
    const { port } = await start();
    expect(printed).toEqual([
      `Warning: GATEWAY_ALLOW_ADDRESSES lets everyone reach ${origin.address}`,
      `Stowaway is at http://localhost:${port}`,
    ]);
    // Some containers have no IPv6 at all.
    const hasIpv6 = Object.values(networkInterfaces())
      .flat()
      .some((one) => one?.address === '::1');
    for (const host of ['localhost', '127.0.0.1', ...(hasIpv6 ? ['[::1]'] : [])]) {
      expect(await (await fetch(`http://${host}:${port}/healthz`)).text()).toBe('ok');
    }
  });

  it('listens where it is told to', async () => {
    const { port } = await start({ HOST: '127.0.0.1' });
    expect(printed.at(-1)).toBe(`Stowaway is at http://127.0.0.1:${port}`);
    await expect(fetch(`http://[::1]:${port}/healthz`)).rejects.toThrow();
  });

  it('says which port is in use', async () => {
    const { port } = await start();
    await expect(start({ PORT: String(port) })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('serves the page, the sample and the gateway', async () => {
    const { port } = await start();
    const page = await fetch(`http://localhost:${port}/library`);
    expect(page.headers.get('content-security-policy')).toContain(`http://${origin.address}`);
    const range = { headers: { range: 'bytes=5-14' } };
    const sample = await fetch(`http://localhost:${port}/sample/1.mp3`, range);
    expect(sample.status).toBe(206);
    expect(sameBytes(await sample.arrayBuffer(), AUDIO.slice(5, 15))).toBe(true);
    const head = await fetch(`http://localhost:${port}/sample/1.mp3`, { method: 'HEAD' });
    expect(head.headers.get('content-length')).toBe('3000000');
    expect((await fetch(`http://localhost:${port}/sample/2.mp3`)).status).toBe(404);
    expect((await fetch(`http://localhost:${port}/media/x`)).status).toBe(404);
  });

  it('relays what it has parsed, byte for byte', async () => {
    const { port } = await start();
    const address = `http://localhost:${port}/api`;
    const ofFeed = (await subscribe(port)).get(origin.url('/1.mp3'));
    expect((await fetch(`${address}/relay/${ofFeed}`)).status).toBe(401);
    const exchange = await fetch(`${address}/relay-tokens`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ tokens: [ofFeed] }),
    });
    const [token] = (await exchange.json()).tokens;
    const response = await fetch(`${address}/relay/${token}`);
    expect(response.headers.get('content-length')).toBe(String(AUDIO.length));
    expect(sameBytes(await response.arrayBuffer(), AUDIO)).toBe(true);
  });

  it('refuses forged tokens, and foreign ones', async () => {
    const { port } = await start();
    const other = await start({ GATEWAY_SECRET: `${SECRET}, but another` });
    const token = (await subscribe(other.port)).get(origin.url('/1.mp3'));
    expect((await fetch(`http://localhost:${port}/api/relay/${token}`)).status).toBe(403);
  });

  it('closes at once, with streams under way', async () => {
    const server = await start();
    const { importTokenKey, signToken } = await import('./guard/tokens.ts');
    const grant = { url: origin.url('/endless.mp3'), kind: 'audio' as const, expiresAt: 9e15 };
    const token = await signToken(await importTokenKey(SECRET), grant);
    const response = await fetch(`http://localhost:${server.port}/api/relay/${token}`);
    const reading = response.arrayBuffer();
    const cut = expect(reading).rejects.toThrow();
    await server.close();
    await cut;
  });

  it('stands requests that are none', async () => {
    const { port } = await start();
    const answers = [
      'GET /../../etc/passwd HTTP/1.1\r\nHost: x',
      'GET http://127.0.0.1/ HTTP/1.1\r\nHost: %%%',
    ];
    for (const request of answers) {
      const answer = await new Promise<string>((resolve) => {
        const socket = connect(port, '127.0.0.1', () =>
          socket.write(`${request}\r\nConnection: close\r\n\r\n`),
        );
        let text = '';
        socket.on('data', (data) => {
          text += data;
        });
        socket.on('close', () => resolve(text));
      });
      expect(answer).toMatch(/^HTTP\/1\.1 (200|400)/);
      expect(answer).not.toContain('root:');
    }
    expect((await fetch(`http://localhost:${port}/healthz`)).status).toBe(200);
  });
});
