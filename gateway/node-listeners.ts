import { type IncomingMessage, type RequestListener, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { createAdaptorServer } from '@hono/node-server';
import { type WebSocket, WebSocketServer } from 'ws';
import { HEARTBEAT_MS } from '../core/api/live.ts';
import { MAX_MESSAGE_BYTES } from './live/socket.ts';

/** A web-standard handler as a Node server's listeners. */
export interface NodeListeners {
  onRequest: RequestListener;
  onUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Ends the WebSockets: a server that closes all its connections does not know of them. */
  close(): Promise<void>;
}

/** How much may wait for a WebSocket that does not read. It can resume by its last id. */
const MAX_WAITING_BYTES = 1024 * 1024;

export function nodeListeners(
  fetch: (request: Request, env: object) => Response | Promise<Response>,
  { pingEveryMs = HEARTBEAT_MS } = {},
): NodeListeners {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
    clientTracking: true,
  });
  // It never listens. Several servers share it, one of them may be Vite's; and it ends a refused
  // handshake only where no other listener might still want it.
  const adaptor = createAdaptorServer({
    fetch,
    overrideGlobalObjects: false,
    websocket: { server: sockets },
  });
  const heartbeat = pingAll(sockets, pingEveryMs);
  sockets.on('connection', endIfItGoesOn);
  const onRequest: RequestListener = (request, response) => {
    adaptor.emit('request', request, response);
  };
  return {
    onRequest,
    onUpgrade(request, socket, head) {
      if (request.headers.upgrade?.toLowerCase() === 'websocket') {
        adaptor.emit('upgrade', request, socket, head);
      } else {
        answerPlainly(request, socket, onRequest);
      }
    },
    async close() {
      clearInterval(heartbeat);
      for (const client of sockets.clients) client.terminate();
      await new Promise((resolve) => sockets.close(resolve));
    },
  };
}

/** Pings each WebSocket, and ends those that have not answered the last ping or do not read. */
function pingAll(sockets: WebSocketServer, everyMs: number): NodeJS.Timeout {
  const answered = new WeakSet<WebSocket>();
  sockets.on('connection', (socket) => {
    answered.add(socket);
    socket.on('pong', () => answered.add(socket));
  });
  const ping = () => {
    for (const socket of sockets.clients) {
      if (!answered.delete(socket) || socket.bufferedAmount > MAX_WAITING_BYTES) {
        socket.terminate();
      } else {
        socket.ping();
      }
    }
  };
  // A server that has nothing else to do may end.
  return setInterval(ping, everyMs).unref();
}

/** Who was told to go and goes on talking is not waited for. */
function endIfItGoesOn(socket: WebSocket): void {
  socket.on('message', () => {
    if (socket.readyState === socket.CLOSING) socket.terminate();
  });
}

/**
 * Some clients offer to upgrade any request to HTTP/2 (`Upgrade: h2c`). A server may ignore that,
 * but Node does so only while nobody listens for upgrades: so it is answered here, by hand.
 */
function answerPlainly(request: IncomingMessage, socket: Duplex, onRequest: RequestListener): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    // The parser is gone, and with it the body.
    socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    return;
  }
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  response.assignSocket(request.socket);
  response.once('finish', () => socket.end());
  socket.once('error', () => socket.destroy());
  onRequest(request, response);
}
