import type { Context, Hono } from 'hono';
import { followsRequestSchema } from '../../core/api/live.ts';
import { LIVE_EVENTS_PATH, LIVE_FOLLOWS_PATH, LIVE_PATH } from '../../core/api/paths.ts';
import { badRequest, tooManyRequests } from '../answers.ts';
import type { GatewayContext } from '../context.ts';
import { fetchFeed } from '../feeds.ts';
import type { AddressPolicy } from '../guard/addresses.ts';
import { accountName, ClientLimits } from '../guard/limits.ts';
import type { Room } from '../guard/room.ts';
import { readJson } from '../read-json.ts';
import { systemClock } from './clock.ts';
import { eventStream } from './events-stream.ts';
import { LiveHub } from './hub.ts';
import { isOwnOrigin } from './origins.ts';
import { socketEvents } from './socket.ts';

/**
 * Live updates of feeds. What is followed and what has happened is in this process's memory: behind
 * several of them, a client must come back to the same one, or be told to look again.
 */
export function addLiveRoutes(
  app: Hono,
  context: GatewayContext,
  { policyFor, room }: { policyFor(c: Context): AddressPolicy; room: Room },
): void {
  const { config, upgradeWebSocket } = context;
  const clock = systemClock;
  const limits = new ClientLimits(config.limits.live, context.now);
  const hub = new LiveHub({
    read: async (request, options) => {
      const reservation = room.reserve('polls');
      const end = reservation.hold();
      return fetchFeed(context, request, { ...options, reservation }).finally(end);
    },
    pace: config.poll,
    clock,
  });
  context.closed.addEventListener('abort', () => hub.close(), { once: true });

  app.post(`/${LIVE_FOLLOWS_PATH}`, async (c) => {
    const request = await readJson(c, followsRequestSchema);
    if (request === undefined) return badRequest(400, 'not what a client follows');
    const client = context.clientAddress(c);
    const waitS = limits.takeRequests(client, 1);
    if (waitS > 0) return tooManyRequests(waitS);
    const follows = hub.put(accountName(client), request, policyFor(c));
    return follows ? c.json(follows) : badRequest(503, 'too many clients');
  });

  app.get(`/${LIVE_EVENTS_PATH}`, (c) => {
    // Hono sends HEAD here as well, and nobody would read the stream.
    if (c.req.method !== 'GET') return badRequest(405, 'only GET');
    const client = context.clientAddress(c);
    const waitS = limits.takeRequests(client, 1);
    if (waitS > 0) return tooManyRequests(waitS);
    const onEnd = limits.openStream(client);
    if (onEnd === undefined) return tooManyRequests(60);
    // The header is newer: an EventSource that reconnects asks for its first address again.
    const lastEventId = c.req.header('last-event-id') ?? c.req.query('last-event-id');
    const stream = eventStream((carrier) => {
      const disconnect = hub.connect(c.req.query('handle') ?? '', lastEventId, carrier);
      if (!disconnect) return undefined;
      return () => {
        disconnect();
        onEnd();
      };
    }, c.req.raw.signal);
    if (!stream) {
      onEnd();
      // An EventSource gives up at any status but 200, and the page asks for a new handle.
      return badRequest(404, 'unknown handle');
    }
    return c.body(stream, 200, {
      'content-type': 'text/event-stream',
      // Some proxies collect an answer until it is worth sending.
      'x-accel-buffering': 'no',
    });
  });

  if (!upgradeWebSocket) return;
  app.get(
    `/${LIVE_PATH}`,
    async (c, next) => {
      if (c.req.header('upgrade')?.toLowerCase() !== 'websocket') {
        return badRequest(426, 'a WebSocket');
      }
      if (!isOwnOrigin(c.req.header('origin'), c.req.url, config.origin)) {
        return badRequest(403, 'asked by another site');
      }
      const waitS = limits.takeRequests(context.clientAddress(c), 1);
      return waitS > 0 ? tooManyRequests(waitS) : next();
    },
    upgradeWebSocket((c) => {
      const client = context.clientAddress(c);
      return socketEvents({
        hub,
        clock,
        begin: () => limits.openStream(client),
        isAllowed: () => limits.takeRequests(client, 1) === 0,
      });
    }),
  );
}
