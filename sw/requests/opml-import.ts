import type { Params, Result } from '../../core/contract/requests.ts';
import { addToImport } from '../../core/storage/imports.ts';
import { listedRows } from '../imports/listed-rows.ts';
import type { Call } from './index.ts';

export async function importOpml(
  { importId, feeds, firstPosition, isLast }: Params<'opml/import'>,
  { context, waitUntil }: Call,
): Promise<Result<'opml/import'>> {
  const rows = listedRows(feeds, firstPosition);
  await addToImport(await context.database(), importId, rows, { isLast });
  if (isLast) waitUntil(context.broadcast({ type: 'imports/changed' }));
  return {};
}
