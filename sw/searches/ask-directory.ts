import * as v from 'valibot';
import { apiErrorSchema } from '../../core/api/failure.ts';
import { SEARCH_PATH } from '../../core/api/paths.ts';
import { searchResponseSchema } from '../../core/api/search.ts';
import type { DirectoryResult, FoundPodcast } from '../../core/model/directory-search.ts';
import { failed, type Outcome, succeeded } from '../../core/model/failure.ts';
import { noteAnswered, noteAsked } from '../../core/storage/searches.ts';
import type { WorkerContext } from '../context.ts';
import { podcastIdOf } from '../feeds/identify.ts';

/** The gateway's own limit for the directory is half of it. */
const TIMEOUT_MS = 20_000;

/**
 * Asks the directory of podcasts, and keeps question and answer as a row: first that it was asked, so
 * that a question is not lost with this worker; what was found before stays if this one fails. Who
 * shows it reads the row.
 * @param query as `searchKey` writes it
 */
export async function askDirectory(
  context: WorkerContext,
  query: string,
): Promise<Outcome<{ found: number }>> {
  const db = await context.database();
  await noteAsked(db, query, context.now());
  const answer = await askGateway(context, query);
  if (!answer.ok) {
    await noteAnswered(db, query, { failure: answer.failure });
    return answer;
  }
  const results = await Promise.all(answer.value.map(named));
  await noteAnswered(db, query, { answeredAt: context.now(), results });
  return succeeded({ found: results.length });
}

async function named(found: FoundPodcast): Promise<DirectoryResult> {
  return { ...found, id: await podcastIdOf(found.feedUrl), subscribedAs: undefined };
}

async function askGateway(context: WorkerContext, query: string): Promise<Outcome<FoundPodcast[]>> {
  const address = new URL(SEARCH_PATH, context.baseUrl);
  address.searchParams.set('q', query);
  let response: Response;
  try {
    response = await context.fetch(address, { signal: context.timeout(TIMEOUT_MS) });
  } catch {
    return failed({ code: context.isOnline() ? 'gateway-unreachable' : 'offline' });
  }
  const body: unknown = await response.json().catch(() => undefined);
  if (response.status === 429) return failed({ code: 'search-unavailable' });
  const found = v.safeParse(searchResponseSchema, body);
  if (response.ok && found.success) return succeeded(found.output.results);
  // A plain static host has a page there, or nothing.
  const isPlainHost = body === undefined && (response.ok || response.status === 404);
  if (isPlainHost) return failed({ code: 'search-needs-gateway' });
  const error = v.safeParse(apiErrorSchema, body);
  return failed(error.success ? error.output.failure : { code: 'gateway-unreachable' });
}
