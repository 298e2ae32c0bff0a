import type { Params, Result } from '../../core/contract/requests.ts';
import type { Call } from './index.ts';

/** Lets one asker wait. The worker goes on with everything else. */
export async function hushForInspector(
  { forMs }: Params<'inspector/hush'>,
  _call: Call,
): Promise<Result<'inspector/hush'>> {
  await new Promise((resolve) => setTimeout(resolve, forMs));
  return {};
}
