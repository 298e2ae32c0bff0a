import type { Params, Result } from '../../core/contract/requests.ts';
import { readPodcastAddress } from '../../core/feed/address.ts';
import { searchKey } from '../../core/model/directory-search.ts';
import { failed } from '../../core/model/failure.ts';
import { getSearch, noteSubscribed } from '../../core/storage/searches.ts';
import { subscribeToFeed } from '../feeds/subscribe.ts';
import type { Call } from './index.ts';

/** The address comes out of the row that this worker wrote; the page only says which podcast it means. */
export async function subscribeToFound(
  { query, podcastId }: Params<'podcast/subscribe-found'>,
  { context, waitUntil }: Call,
): Promise<Result<'podcast/subscribe-found'>> {
  const db = await context.database();
  const key = searchKey(query);
  const search = await getSearch(db, key);
  const found = search?.results.find(({ id }) => id === podcastId);
  if (!found) return failed({ code: 'unexpected', detail: 'no such result' });
  const url = readPodcastAddress(found.feedUrl);
  if (!url) return failed({ code: 'address-invalid' });
  const outcome = await subscribeToFeed(context, url);
  if (!outcome.ok) return outcome;
  // A feed that has moved is in the library under another id than it was found with.
  await noteSubscribed(db, key, podcastId, outcome.value);
  waitUntil(context.broadcast({ type: 'podcasts/changed', podcastIds: [outcome.value] }));
  waitUntil(context.broadcast({ type: 'searches/changed' }));
  return outcome;
}
