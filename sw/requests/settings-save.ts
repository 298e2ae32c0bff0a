import type { Params, Result } from '../../core/contract/requests.ts';
import { changeSettings } from '../../core/storage/settings.ts';
import { clearDeleted } from '../downloads/clean-up.ts';
import { holdToNetwork } from '../downloads/metered.ts';
import { retain } from '../downloads/retain.ts';
import type { Call } from './index.ts';

/** What it means for downloads holds at once. The tab that asked tells the others. */
export async function saveSettings(
  { change }: Params<'settings/save'>,
  { context, waitUntil }: Call,
): Promise<Result<'settings/save'>> {
  await changeSettings(await context.database(), change);
  if ('unmeteredOnly' in change) waitUntil(holdToNetwork(context));
  if ('keepNewest' in change || 'capBytes' in change) {
    waitUntil(retain(context).then(() => clearDeleted(context)));
  }
  return {};
}
