import type { Params, Result } from '../../core/contract/requests.ts';
import { readPodcastAddress } from '../../core/feed/address.ts';
import { inListTurn } from '../../core/messaging/list-turn.ts';
import { failed, succeeded } from '../../core/model/failure.ts';
import { addToImport } from '../../core/storage/imports.ts';
import { fetchList } from '../imports/fetch-list.ts';
import { listedRows } from '../imports/listed-rows.ts';
import type { Call } from './index.ts';

export async function fetchOpml(
  { importId, address }: Params<'opml/fetch'>,
  { context, waitUntil }: Call,
): Promise<Result<'opml/fetch'>> {
  const url = readPodcastAddress(address);
  if (!url) return failed({ code: 'address-invalid' });
  const list = await fetchList(context, url);
  if (!list.ok) return list;
  const rows = listedRows(list.value, 0);
  // A page may be in the middle of handing over a list of its own.
  await inListTurn(context.locks, context.baseUrl.href, async () =>
    addToImport(await context.database(), importId, rows, { isLast: true }),
  );
  waitUntil(context.broadcast({ type: 'imports/changed' }));
  return succeeded({});
}
