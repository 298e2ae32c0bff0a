import type { WorkerContext } from '../context.ts';

/** The work that one event of the browser stands for; the worker lives until it has settled. */
export type Work<E extends ExtendableEvent> = (event: E, context: WorkerContext) => Promise<void>;

/** A listener that does the work under one `waitUntil`, in sight of the Inspector. */
export function work<E extends ExtendableEvent>(
  onEvent: Work<E>,
  context: WorkerContext,
): (event: E) => void {
  return (event) => event.waitUntil(inSight(event, onEvent(event, context), context));
}

/** Shows what the browser asked for and how long the answer took, and gives the answer back. */
export function inSight<E extends Event, T>(
  event: E,
  answer: Promise<T>,
  { tap, randomId }: WorkerContext,
  details?: { payload?: unknown; outcomeOf?: (value: T) => string },
): Promise<T> {
  return tap.frame(
    () => ({
      channel: 'event',
      from: 'browser',
      to: 'worker',
      type: event.type,
      phase: 'begin',
      exchangeId: randomId(),
      payload: details?.payload ?? subjectOf(event),
    }),
    answer,
    details?.outcomeOf,
  );
}

/** What an event of its kind is about, for those that say it. */
function subjectOf(event: Event): unknown {
  if ('registration' in event) {
    const { id, result, failureReason, downloaded } =
      event.registration as BackgroundFetchRegistration;
    return { id, result, failureReason, downloaded };
  }
  if ('tag' in event) return { tag: event.tag };
  return undefined;
}
