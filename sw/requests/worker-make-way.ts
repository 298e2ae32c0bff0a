import type { Params, Result } from '../../core/contract/requests.ts';
import type { Call } from './index.ts';

/**
 * Winds down what goes on from its last committed segment: a browser lets the next version take
 * over only between the events of this one, and a step lasts up to 20 s. What came until now is
 * committed, as at the end of every step.
 */
export async function makeWay(
  _params: Params<'worker/make-way'>,
  { context }: Call,
): Promise<Result<'worker/make-way'>> {
  context.running.windDown();
  return {};
}
