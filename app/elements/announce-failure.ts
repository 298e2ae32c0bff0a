import type { Outcome } from '../../core/model/failure.ts';
import { failureText } from '../failure-text.ts';
import { AnnounceEvent } from './announce-event.ts';

/** Says it, where what was asked for could not be done. Resolves whether it was done. */
export async function announceFailure(
  host: EventTarget,
  asked: Promise<Outcome<unknown>>,
): Promise<boolean> {
  const outcome = await asked;
  if (!outcome.ok) host.dispatchEvent(new AnnounceEvent(failureText(outcome.failure)));
  return outcome.ok;
}
