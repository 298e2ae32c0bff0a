import type { Params, Result } from '../../core/contract/requests.ts';
import { advance } from '../downloads/advance.ts';
import type { Call } from './index.ts';

export function advanceDownloads(
  _params: Params<'downloads/advance'>,
  { context }: Call,
): Promise<Result<'downloads/advance'>> {
  return advance(context);
}
