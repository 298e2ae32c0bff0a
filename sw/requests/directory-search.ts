import type { Params, Result } from '../../core/contract/requests.ts';
import { searchKey } from '../../core/model/directory-search.ts';
import { failed, succeeded } from '../../core/model/failure.ts';
import { entityOf } from '../../core/model/outbox.ts';
import { discardEntries, listEntriesOf } from '../../core/storage/outbox.ts';
import { accept, isForLater } from '../outbox/accept.ts';
import { askDirectory } from '../searches/ask-directory.ts';
import type { Call } from './index.ts';

export async function searchDirectory(
  { query, keep }: Params<'directory/search'>,
  { context, waitUntil }: Call,
): Promise<Result<'directory/search'>> {
  const key = searchKey(query);
  if (key === '') return failed({ code: 'unexpected', detail: 'nothing to search for' });
  const db = await context.database();
  const kept = await listEntriesOf(db, entityOf({ kind: 'search', query: key }));
  const outcome = await askDirectory(context, key);
  waitUntil(context.broadcast({ type: 'searches/changed' }));
  if (outcome.ok) {
    // What was kept from before has its answer now, and nobody need be told of it.
    await discardEntries(db, kept);
    waitUntil(context.broadcast({ type: 'outbox/changed' }));
    return succeeded({ ...outcome.value, waits: false });
  }
  if (!keep || !isForLater(outcome.failure)) return failed(outcome.failure);
  await accept(context, { kind: 'search', query: key });
  return succeeded({ found: 0, waits: true });
}
