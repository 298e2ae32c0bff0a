import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import WebSocket from 'ws';
import { followsResponseSchema, type LiveMessage, liveMessageSchema } from '../../core/api/live.ts';
import { type RunningServer, startServer } from '../server.ts';
import { feedXml, type Origin, startOrigin } from './origin.ts';

/** The whole server on a port of its own, polling fast, and a host with one feed behind it. */
export interface LiveUnderTest {
  port: number;
  origin: Origin;
  feedUrl: string;
  /** The feed has one episode more from now on. */
  publish(): void;
  /** Returns a handle for the feed. */
  follow(): Promise<string>;
  /** A WebSocket that is open, with the Origin header of a page of the app unless it is given. */
  open(headers?: Record<string, string>): Promise<LiveSocket>;
  /** Server-sent events that are open. */
  listen(query: string, headers?: Record<string, string>): Promise<LiveEvents>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function startLive(): Promise<LiveUnderTest> {
  let episodes = 1;
  const origin = await startOrigin((_, response) =>
    response.end(feedXml(Array.from({ length: episodes }, (_, index) => origin.url(`/${index}`)))),
  );
  const folder = await mkdtemp(join(tmpdir(), 'stowaway-live-'));
  let server: RunningServer;
  const start = (port: number) =>
    startServer({
      env: {
        PORT: String(port),
        GATEWAY_DATA: folder,
        GATEWAY_ALLOW_ADDRESSES: origin.address,
        GATEWAY_POLL_MIN_S: '0.05',
        GATEWAY_POLL_MAX_S: '0.05',
      },
      appFolder: folder,
      print: () => undefined,
    });
  server = await start(0);
  const { port } = server;
  const base = `http://localhost:${port}`;
  const feedUrl = origin.url('/feed.xml');
  return {
    port,
    origin,
    feedUrl,
    publish: () => {
      episodes += 1;
    },
    async follow() {
      const response = await fetch(`${base}/api/live/follows`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ feeds: [{ url: feedUrl }] }),
      });
      return v.parse(followsResponseSchema, await response.json()).handle;
    },
    async open(headers = { origin: base }) {
      const socket = new LiveSocket(`ws://localhost:${port}/api/live`, headers);
      await once(socket.socket, 'open');
      return socket;
    },
    async listen(query, headers = {}) {
      const gone = new AbortController();
      const address = `${base}/api/live/events?${query}`;
      return new LiveEvents(await fetch(address, { headers, signal: gone.signal }), gone);
    },
    async restart() {
      await server.close();
      server = await start(port);
    },
    async close() {
      await server.close();
      await origin.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** A client's WebSocket, and what came on it. */
export class LiveSocket {
  readonly socket: WebSocket;
  readonly messages: LiveMessage[] = [];
  /** Resolves with the code with which it was closed. */
  readonly closed: Promise<number>;

  constructor(address: string, headers: Record<string, string>) {
    this.socket = new WebSocket(address, { headers });
    this.closed = new Promise((resolve) => this.socket.once('close', resolve));
    // A refused handshake is an error too; `closed` tells of it.
    this.socket.on('error', () => undefined);
    this.socket.on('message', (data) => {
      this.messages.push(v.parse(liveMessageSchema, JSON.parse(String(data))));
    });
  }

  hello(handle: string, lastEventId?: string): void {
    this.socket.send(JSON.stringify({ type: 'hello', handle, lastEventId }));
  }

  cut(): void {
    this.socket.terminate();
  }
}

/** A client's stream of server-sent events, and what came on it. */
export class LiveEvents {
  readonly response: Response;
  readonly messages: LiveMessage[] = [];
  text = '';
  private readonly gone: AbortController;

  constructor(response: Response, gone: AbortController) {
    this.response = response;
    this.gone = gone;
    if (response.status === 200) void this.read().catch(() => undefined);
  }

  cut(): void {
    this.gone.abort();
  }

  private async read(): Promise<void> {
    const decoder = new TextDecoder();
    for await (const chunk of this.response.body ?? []) {
      this.text += decoder.decode(chunk, { stream: true });
      const events = this.text.split('\n\n').slice(0, -1);
      const messages = events.flatMap((event) => messageOf(event) ?? []);
      this.messages.splice(0, this.messages.length, ...messages);
    }
  }
}

/** One event of the stream as the message it carries. */
function messageOf(event: string): LiveMessage | undefined {
  const fields = new Map(
    event
      .split('\n')
      .filter((line) => !line.startsWith(':'))
      .map((line) => [line.slice(0, line.indexOf(': ')), line.slice(line.indexOf(': ') + 2)]),
  );
  const data = fields.get('data');
  if (data === undefined) return undefined;
  const message = { ...JSON.parse(data), type: fields.get('event'), id: fields.get('id') };
  return v.parse(liveMessageSchema, message);
}
