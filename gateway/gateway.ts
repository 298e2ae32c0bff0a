import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { compress } from 'hono/compress';
import type { FeedRequest } from '../core/api/feed-request.ts';
import { feedsRequestSchema } from '../core/api/feeds.ts';
import { outlinesRequestSchema } from '../core/api/outlines.ts';
import {
  FEEDS_PATH,
  HEALTH_PATH,
  OUTLINES_PATH,
  RELAY_PATH,
  RELAY_TOKENS_PATH,
} from '../core/api/paths.ts';
import { type RelayTokensResponse, relayTokensRequestSchema } from '../core/api/relay-tokens.ts';
import { badRequest, failureResponse, tooManyRequests } from './answers.ts';
import { AnswersByKey } from './answers-by-key.ts';
import type { GatewayContext } from './context.ts';
import { type FetchFeedOptions, fetchFeeds } from './feeds.ts';
import type { AddressPolicy } from './guard/addresses.ts';
import { ClientLimits } from './guard/limits.ts';
import { type Reservation, Room } from './guard/room.ts';
import { readToken } from './guard/tokens.ts';
import { apiHeaders, isForeignWorkerScript } from './headers.ts';
import { addLiveRoutes } from './live/routes.ts';
import { fetchOutlines } from './outlines.ts';
import { readJson } from './read-json.ts';
import { relay } from './relay.ts';
import { exchangeToken } from './relay-tokens.ts';
import { addSearchRoute } from './search/routes.ts';
import { textStream } from './text-stream.ts';

const IDEMPOTENCY_KEY = /^[A-Za-z0-9_-]{1,64}$/;
const MAX_BODY_BYTES = 2 * 1024 * 1024;
/** To read a byte of a feed takes as long as to relay so many. */
const COST_OF_READING = 8;

interface SentText {
  text: string;
  /** Of what it was made of. */
  reservation: Reservation;
}

/**
 * The gateway as a web-standard handler: everything under `/api`, and `/healthz`. What it does not
 * know it leaves to routes that the caller adds (the built app), or answers with 404.
 */
export function createGateway(context: GatewayContext): Hono {
  const { config } = context;
  const limits = new ClientLimits(config.limits.client, context.now);
  const answers = new AnswersByKey<SentText & { isFinal: boolean }>(context.now);
  const room = new Room(config.limits.room);
  const app = new Hono();

  app.use(async (c, next) => {
    if (isForeignWorkerScript(c.req.raw)) return c.text('Not a service worker', 403);
    return next();
  });

  app.get(`/${HEALTH_PATH}`, (c) => c.text('ok'));

  app.use('/api/*', async (c, next) => {
    if (c.req.header('sec-fetch-site') === 'cross-site') {
      c.res = badRequest(403, 'asked by another site');
    } else {
      await next();
    }
    for (const [name, value] of Object.entries(apiHeaders(config))) c.res.headers.set(name, value);
    if (!c.res.headers.has('cache-control')) c.res.headers.set('cache-control', 'no-store');
  });

  app.use(
    '/api/*',
    bodyLimit({ maxSize: MAX_BODY_BYTES, onError: () => badRequest(413, 'too large') }),
  );

  app.post(`/${FEEDS_PATH}`, compress(), async (c) => {
    const request = await readJson(c, feedsRequestSchema);
    if (request === undefined) return badRequest(400, 'no request for feeds');
    const client = context.clientAddress(c);
    const waitS = limits.takeRequests(client, request.feeds.length);
    if (waitS > 0) return tooManyRequests(waitS);
    const policy = policyFor(c);
    const key = c.req.header('idempotency-key');
    const reservation = reserve(client);
    if (key === undefined) {
      const options = { policy, signal: c.req.raw.signal, reservation };
      return send(c, await answerFeeds(request.feeds, options));
    }
    if (!IDEMPOTENCY_KEY.test(key)) return badRequest(400, 'no idempotency key');
    const asked = { client, key, request: JSON.stringify(request) };
    // Not ended by the client that goes: it, or its next try, comes back for the answer.
    const options = { policy, signal: context.closed, reservation };
    const answer = await answers.once(asked, () => answerFeeds(request.feeds, options));
    if (answer === 'another-request') return badRequest(422, 'the key of another request');
    if (answer === 'too-many') return tooManyRequests(5);
    return send(c, answer);
  });

  app.post(`/${OUTLINES_PATH}`, compress(), async (c) => {
    const request = await readJson(c, outlinesRequestSchema);
    if (request === undefined) return badRequest(400, 'no request for a list');
    const client = context.clientAddress(c);
    const waitS = limits.takeRequests(client, 1);
    if (waitS > 0) return tooManyRequests(waitS);
    const reservation = reserve(client);
    const end = reservation.hold();
    try {
      const options = { policy: policyFor(c), signal: c.req.raw.signal, reservation };
      const text = JSON.stringify(await fetchOutlines(context, request.url, options));
      return send(c, { text, reservation });
    } finally {
      end();
    }
  });

  app.post(`/${RELAY_TOKENS_PATH}`, async (c) => {
    const request = await readJson(c, relayTokensRequestSchema);
    if (request === undefined) return badRequest(400, 'no request for tokens');
    const waitS = limits.takeRequests(context.clientAddress(c), 1);
    if (waitS > 0) return tooManyRequests(waitS);
    const tokens = request.tokens.map((token) => exchangeToken(context, token));
    return c.json({ tokens: await Promise.all(tokens) } satisfies RelayTokensResponse);
  });

  app.get(`/${RELAY_PATH}:token`, async (c) => {
    const client = context.clientAddress(c);
    const waitS = limits.takeRequests(client, 1);
    if (waitS > 0) return tooManyRequests(waitS);
    const grant = await readToken(context.tokenKey, c.req.param('token'));
    if (grant === undefined) return failureResponse(403, { code: 'enclosure-refused' });
    if (grant.expiresAt <= context.now()) {
      return failureResponse(401, { code: 'enclosure-denied', status: 401 });
    }
    const onEnd = limits.openStream(client);
    if (onEnd === undefined) return tooManyRequests(1);
    return relay(context, {
      // Hono sends HEAD here as well.
      method: c.req.method === 'HEAD' ? 'HEAD' : 'GET',
      grant,
      range: c.req.header('range'),
      ifRange: c.req.header('if-range'),
      expectedEtag: c.req.query('etag'),
      changedStatus: c.req.query('changed') === '204' ? 204 : 412,
      policy: policyFor(c),
      onBytes: (sizeBytes) => limits.payBytes(client, sizeBytes),
      onEnd,
      signal: c.req.raw.signal,
    });
  });

  addLiveRoutes(app, context, { policyFor, room });
  addSearchRoute(app, context);

  app.all('/api/*', () => badRequest(404, 'no such address'));

  app.onError((error) => {
    console.error(error);
    return badRequest(500, 'a bug of the gateway');
  });

  function reserve(client: string): Reservation {
    return room.reserve(client, (sizeBytes) =>
      limits.payBytes(client, sizeBytes * COST_OF_READING),
    );
  }

  async function answerFeeds(feeds: readonly FeedRequest[], options: FetchFeedOptions) {
    const { reservation } = options;
    const end = reservation.hold();
    try {
      const body = await fetchFeeds(context, feeds, options);
      const isFinal = body.results.every(({ status }) => status !== 'failed');
      return { text: JSON.stringify(body), isFinal, reservation };
    } finally {
      end();
    }
  }

  /** What it weighs counts until it has been read: a client may ask, and then not listen. */
  function send(c: Context, { text, reservation }: SentText) {
    const stream = textStream(text, c.req.raw.signal, reservation.hold());
    return c.body(stream, 200, { 'content-type': 'application/json' });
  }

  /** The name under which a client found us is ours too, whatever the configuration knows. */
  function policyFor(c: Context): AddressPolicy {
    const { hostname } = new URL(c.req.url);
    return { ...config, ownHosts: [...config.ownHosts, hostname] };
  }

  return app;
}
