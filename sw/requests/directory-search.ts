import type { Params, Result } from '../../core/contract/requests.ts';
import { searchKey } from '../../core/model/directory-search.ts';
import { failed, succeeded } from '../../core/model/failure.ts';
import { accept, isForLater } from '../outbox/accept.ts';
import { askDirectory } from '../searches/ask-directory.ts';
import type { Call } from './index.ts';

export async function searchDirectory(
  { query, keep }: Params<'directory/search'>,
  { context, waitUntil }: Call,
): Promise<Result<'directory/search'>> {
  const key = searchKey(query);
  if (key === '') return failed({ code: 'unexpected', detail: 'nothing to search for' });
  const outcome = await askDirectory(context, key);
  waitUntil(context.broadcast({ type: 'searches/changed' }));
  if (outcome.ok) return succeeded({ ...outcome.value, waits: false });
  if (!keep || !isForLater(outcome.failure)) return outcome;
  await accept(context, { kind: 'search', query: key });
  return succeeded({ found: 0, waits: true });
}
