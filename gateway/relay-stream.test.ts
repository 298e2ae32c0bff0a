import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AUDIO, type RelayUnderTest, startRelay } from './testing/relay-under-test.ts';

let relay: RelayUnderTest;
/** Gives up soon, for the hosts that fall silent; the other gives them all the time they need. */
let impatient: RelayUnderTest;

beforeAll(async () => {
  relay = await startRelay();
  impatient = await startRelay({ idleTimeoutMs: 1000 });
});

beforeEach(() => relay.reset());

afterAll(async () => {
  await relay.close();
  await impatient.close();
});

async function expectFailure(response: Response, status: number, code: string) {
  expect([response.status, await response.json()]).toMatchObject([status, { failure: { code } }]);
}

describe('GET /api/relay/<token> in time', () => {
  it('gives up on a host that is silent', async () => {
    impatient.answer = () => undefined;
    await expectFailure(await impatient.ask(), 504, 'enclosure-unreachable');
  });

  it('gives up on a host that falls silent, and lets the client see it', async () => {
    impatient.answer = (_, response) => {
      response.writeHead(200, { 'Content-Type': 'audio/mpeg', 'Content-Length': '300000' });
      response.write(AUDIO.subarray(0, 1000));
    };
    const response = await impatient.ask();
    await expect(response.arrayBuffer()).rejects.toThrow('took too long');
  });

  it('breaks off where the host does', async () => {
    relay.answer = (request, response) => {
      response.writeHead(200, { 'Content-Type': 'audio/mpeg', 'Content-Length': '300000' });
      response.write(AUDIO.subarray(0, 1000), () => request.socket.destroy());
    };
    await expect((await relay.ask()).arrayBuffer()).rejects.toThrow();
  });

  it('calls a host that is not there unreachable', async () => {
    relay.answer = (request) => request.socket.destroy();
    await expectFailure(await relay.ask(), 502, 'enclosure-unreachable');
  });

  it('lets go of the host when the client stops reading', async () => {
    const closed = new Promise<void>((resolve) => {
      relay.answer = (_, response) => {
        response.once('close', resolve);
        response.writeHead(200, { 'Content-Type': 'audio/mpeg' });
        response.write(AUDIO);
      };
    });
    const reader = (await relay.ask()).body?.getReader();
    await reader?.read();
    await reader?.cancel();
    await closed;
  });

  it('lets go of the host when the client goes before the first byte', async () => {
    const client = new AbortController();
    const closed = new Promise<void>((resolve) => {
      relay.answer = (_, response) => {
        response.once('close', resolve);
        client.abort();
      };
    });
    await relay.ask({ signal: client.signal });
    await closed;
  });

  it('reads no more than the client takes', async () => {
    let writtenBytes = 0;
    let isFull = () => {};
    const full = new Promise<void>((resolve) => {
      isFull = resolve;
    });
    relay.answer = (_, response) => {
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
    const reader = (await relay.ask()).body?.getReader();
    await reader?.read();
    await full;
    expect(writtenBytes).toBeLessThan(50_000_000);
    await reader?.cancel();
  });
});
