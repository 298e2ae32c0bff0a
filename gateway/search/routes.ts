import type { Hono } from 'hono';
import { compress } from 'hono/compress';
import { SEARCH_PATH } from '../../core/api/paths.ts';
import { searchKey } from '../../core/model/directory-search.ts';
import { badRequest, failureResponse, tooManyRequests } from '../answers.ts';
import type { GatewayContext } from '../context.ts';
import { ClientLimits } from '../guard/limits.ts';
import { itunes } from './itunes.ts';
import { podcastIndex } from './podcast-index.ts';
import { PodcastSearch } from './podcast-search.ts';

/** `GET /api/search?q=…`: what the directory of podcasts knows. */
export function addSearchRoute(app: Hono, context: GatewayContext): void {
  const { itunesUrl, podcastIndexUrl, podcastIndexKey } = context.config.search;
  const directory = podcastIndexKey
    ? podcastIndex(podcastIndexUrl, podcastIndexKey)
    : itunes(itunesUrl);
  const search = new PodcastSearch(context, directory);
  const limits = new ClientLimits(context.config.limits.searches, context.now);

  app.get(`/${SEARCH_PATH}`, compress(), async (c) => {
    const query = searchKey(c.req.query('q') ?? '');
    if (query === '') return badRequest(400, 'nothing to search for');
    const client = context.clientAddress(c);
    const waitS = limits.takeRequests(client, 1);
    if (waitS > 0) return tooManyRequests(waitS);
    const answer = await search.find(query, client);
    if (answer.ok) return c.body(answer.body, 200, { 'Content-Type': 'application/json' });
    const headers = { 'Retry-After': String(answer.waitS) };
    return failureResponse(503, { code: 'search-unavailable' }, headers);
  });
}
