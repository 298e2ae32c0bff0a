import type { Params, Result } from '../../core/contract/requests.ts';
import { noteLaunch } from '../downloads/background-fetch.ts';
import type { Call } from './index.ts';

export async function noteDownloadLaunched(
  { fetchId, refusal }: Params<'download/launched'>,
  { context }: Call,
): Promise<Result<'download/launched'>> {
  await noteLaunch(context, fetchId, refusal);
  return {};
}
