import * as v from 'valibot';
import { SEARCH_PATH } from '../../core/api/paths.ts';
import { searchResponseSchema } from '../../core/api/search.ts';
import type { DirectoryResult, FoundPodcast } from '../../core/model/directory-search.ts';
import { failed, succeeded } from '../../core/model/failure.ts';
import { noteAnswered, noteAsked } from '../../core/storage/searches.ts';
import type { WorkerContext } from '../context.ts';
import { podcastIdOf } from '../feeds/identify.ts';
import { askGateway } from '../hosts/ask-gateway.ts';
import type { Refusal } from '../outbox/delivery.ts';

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
): Promise<{ ok: true; value: { found: number } } | Refusal> {
  const db = await context.database();
  await noteAsked(db, query, context.now());
  const answer = await findPodcasts(context, query);
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

async function findPodcasts(
  context: WorkerContext,
  query: string,
): Promise<{ ok: true; value: FoundPodcast[] } | Refusal> {
  const address = new URL(SEARCH_PATH, context.baseUrl);
  address.searchParams.set('q', query);
  const answer = await askGateway(context, { address, timeoutMs: TIMEOUT_MS });
  if (answer === 'no-gateway') return failed({ code: 'search-needs-gateway' });
  if (!answer.ok) {
    const { status, ...refusal } = answer;
    return status === 429 ? { ...refusal, failure: { code: 'search-unavailable' } } : refusal;
  }
  const found = v.safeParse(searchResponseSchema, answer.value);
  return found.success ? succeeded(found.output.results) : failed({ code: 'gateway-unreachable' });
}
