import type { Params, Result } from '../../core/contract/requests.ts';
import { advance } from '../downloads/advance.ts';
import type { Call } from './index.ts';

export async function advanceDownloads(
  _params: Params<'downloads/advance'>,
  { context, waitUntil }: Call,
): Promise<Result<'downloads/advance'>> {
  const outlook = await advance(context);
  // What a finished episode comes with is still on its way. The page need not wait, but one event
  // must; not each of those that a page sends meanwhile.
  if (!context.running.has('with-companions')) {
    waitUntil(
      context.running.join('with-companions', () => context.running.allSettled('companions:')),
    );
  }
  return outlook;
}
