import type { Params, Result } from '../../core/contract/requests.ts';
import type { Call } from './index.ts';

const SILENCE_MS = 5_000;

/** Lets one asker wait. The worker goes on with everything else. */
export async function hushForInspector(
  _params: Params<'inspector/hush'>,
  _call: Call,
): Promise<Result<'inspector/hush'>> {
  await new Promise((resolve) => setTimeout(resolve, SILENCE_MS));
  return {};
}
