import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { noise } from './audio-body.ts';
import { TcpProxy } from './tcp-proxy.ts';

const body = noise({ sizeBytes: 3_000_000, seed: 5 }).read(0, 3_000_000);

let server: Server;
let proxy: TcpProxy;
let asked = 0;

beforeEach(async () => {
  asked = 0;
  server = createServer((_, response) => {
    asked += 1;
    response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  proxy = await TcpProxy.start((server.address() as AddressInfo).port);
});

afterEach(async () => {
  await proxy.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

/** The bytes that arrive, until the end or the break; each time on a connection of its own. */
async function receive(): Promise<{ bytes: Buffer; isWhole: boolean }> {
  const pieces: Buffer[] = [];
  try {
    const response = await fetch(`http://${proxy.host}/`, { headers: { connection: 'close' } });
    for await (const piece of response.body ?? []) pieces.push(Buffer.from(piece));
    return { bytes: Buffer.concat(pieces), isWhole: true };
  } catch {
    return { bytes: Buffer.concat(pieces), isWhole: false };
  }
}

it('passes everything', async () => {
  const { bytes, isWhole } = await receive();
  expect(isWhole).toBe(true);
  expect(bytes.equals(body)).toBe(true);
});

it('cuts the next connections after so many bytes, and no others', async () => {
  proxy.cutNext(1_000_000, 10);
  const first = await receive();
  expect(first.isWhole).toBe(false);
  expect(first.bytes.length).toBeLessThan(1_000_000);
  expect(first.bytes.equals(body.subarray(0, first.bytes.length))).toBe(true);
  expect(await receive()).toMatchObject({ isWhole: false });
  expect(await receive()).toMatchObject({ isWhole: true });
  expect(proxy.connectionCount).toBe(3);
});

it('holds everything back while it is stalled', async () => {
  proxy.stall();
  const received = receive();
  await vi.waitFor(() => expect(proxy.connectionCount).toBe(1));
  expect(asked).toBe(0);
  proxy.resume();
  expect((await received).bytes.equals(body)).toBe(true);
});

it('refuses connections while it is down, and is there again afterwards', async () => {
  const { port } = proxy;
  await proxy.down();
  expect(await receive()).toMatchObject({ isWhole: false });
  await proxy.up();
  expect(proxy.port).toBe(port);
  expect(await receive()).toMatchObject({ isWhole: true });
});
