import type { Params, Result } from '../../core/contract/requests.ts';
import { changeSettings } from '../../core/storage/settings.ts';
import type { Call } from './index.ts';

/** The tab that asked tells the others: no other window is concerned. */
export async function saveSettings(
  { change }: Params<'settings/save'>,
  { context }: Call,
): Promise<Result<'settings/save'>> {
  await changeSettings(await context.database(), change);
  return {};
}
