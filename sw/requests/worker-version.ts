import type { Params, Result } from '../../core/contract/requests.ts';
import { PROTOCOL } from '../../core/contract/version.ts';
import type { Call } from './index.ts';

export async function tellVersion(
  _params: Params<'worker/version'>,
  { context }: Call,
): Promise<Result<'worker/version'>> {
  return { protocol: PROTOCOL, build: context.build };
}
