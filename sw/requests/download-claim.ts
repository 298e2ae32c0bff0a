import type { Params, Result } from '../../core/contract/requests.ts';
import { claimNext } from '../downloads/background-fetch.ts';
import type { Call } from './index.ts';

export async function claimDownload(
  _params: Params<'download/claim'>,
  { context, clientId }: Call,
): Promise<Result<'download/claim'>> {
  return { plan: await claimNext(context, clientId) };
}
