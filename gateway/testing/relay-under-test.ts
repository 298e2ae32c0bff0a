import type { IncomingMessage } from 'node:http';
import type { GatewayLimits } from '../context.ts';
import type { RelayKind } from '../guard/tokens.ts';
import { startGateway } from './gateway-under-test.ts';
import { type Answer, noise, startOrigin } from './origin.ts';

export const AUDIO = noise(300_000);
export const HTML =
  '<!DOCTYPE html><html><body>Please log in to the network of this hotel.</body></html>';

/** The relay, and one host behind it. */
export interface RelayUnderTest {
  /** What the host does; it is a good one until a test says otherwise. */
  answer: Answer;
  /** What the host was asked for, oldest first. */
  requests: IncomingMessage[];
  /** Asks with a token of its own for `path`; the query comes after the token. */
  ask(init?: RequestInit & { path?: string; kind?: RelayKind; query?: string }): Promise<Response>;
  /** Makes the host a good one again, which nobody has asked for anything. */
  reset(): void;
  close(): Promise<void>;
}

export async function startRelay(limits?: Partial<GatewayLimits>): Promise<RelayUnderTest> {
  const origin = await startOrigin((request, response) => relay.answer(request, response));
  const gateway = await startGateway({ allowAddresses: [origin.address], limits });
  const relay: RelayUnderTest = {
    answer: goodHost,
    requests: origin.requests,
    async ask({ path = '/1.mp3', kind = 'audio', query = '', ...init } = {}) {
      const token = await gateway.token(origin.url(path), kind);
      return gateway.request(`/api/relay/${token}${query}`, init);
    },
    reset() {
      relay.answer = goodHost;
      origin.requests.length = 0;
    },
    async close() {
      await gateway.close();
      await origin.close();
    },
  };
  return relay;
}

/** A host as it should be: ranges, a validator, a length. */
export const goodHost: Answer = (request, response) => {
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

/** A host that gives the same answer to everything. */
export function plain(
  status: number,
  headers: Record<string, string>,
  body?: string | Uint8Array,
): Answer {
  return (_, response) => response.writeHead(status, headers).end(body);
}
