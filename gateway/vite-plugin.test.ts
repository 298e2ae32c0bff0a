import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer, type ViteDevServer } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { gatewayPlugin } from './vite-plugin.ts';

let root: string;
let server: ViteDevServer;
let base: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'stowaway-vite-'));
  await writeFile(join(root, 'index.html'), '<!doctype html><title>Stowaway</title>');
  process.env.GATEWAY_DATA = join(root, 'data');
  server = await createServer({
    root,
    configFile: false,
    logLevel: 'silent',
    server: { port: 0, host: '127.0.0.1' },
    plugins: [gatewayPlugin()],
  });
  await server.listen();
  const address = server.httpServer?.address();
  if (!address || typeof address === 'string') throw new Error('listens on no port');
  base = `http://127.0.0.1:${address.port}`;
});

afterAll(async () => {
  await server.close();
  await rm(root, { recursive: true });
});

describe('the gateway inside vite dev', () => {
  it('answers as in npm start', async () => {
    expect(await (await fetch(`${base}/healthz`)).text()).toBe('ok');
    const response = await fetch(`${base}/api/feeds`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ feeds: [{ url: `${base}/feed.xml` }] }),
    });
    expect(await response.json()).toEqual({
      results: [{ status: 'failed', failure: { code: 'address-refused' } }],
    });
    expect((await fetch(`${base}/api/relay/x`)).status).toBe(403);
  });

  it('says what changes by WebSocket and by server-sent events, beside the WebSocket of Vite', async () => {
    const follows = await fetch(`${base}/api/live/follows`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ feeds: [] }),
    });
    const { handle } = await follows.json();
    const socket = new WebSocket(base.replace('http', 'ws').concat('/api/live'), { origin: base });
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'hello', handle }));
    const [data] = await once(socket, 'message');
    expect(JSON.parse(String(data))).toMatchObject({ type: 'position' });

    // The newest connection of a handle takes the place of the one before.
    const closed = once(socket, 'close');
    const events = await fetch(`${base}/api/live/events?handle=${handle}`);
    const reader = events.body?.getReader();
    expect(new TextDecoder().decode((await reader?.read())?.value)).toContain('retry: ');
    expect((await closed)[0]).toBe(1001);
    await reader?.cancel();

    const foreign = new WebSocket(base.replace('http', 'ws').concat('/api/live'), {
      origin: 'https://evil.example',
    });
    const [error] = await once(foreign, 'error');
    expect(String(error)).toContain('403');
  });

  it('leaves the rest to Vite, with headers', async () => {
    const response = await fetch(base, { headers: { accept: 'text/html' } });
    expect(await response.text()).toContain('/@vite/client');
    expect(response.headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(response.headers.get('content-security-policy')).toContain("'unsafe-inline'");
  });
});
