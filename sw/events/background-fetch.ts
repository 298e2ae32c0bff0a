import { bringForward } from '../bring-forward.ts';
import type { WorkerContext } from '../context.ts';
import { later } from '../later-script.ts';

/** Success, failure and abort alike: harvest, then see what is missing. */
export async function onBackgroundFetchSettled(
  event: BackgroundFetchEvent,
  context: WorkerContext,
): Promise<void> {
  await later().settleBackgroundFetch(context, event.registration);
}

/** A tap on the browser's own progress display: bring the app forward, at the downloads. */
export async function onBackgroundFetchClick(
  _event: BackgroundFetchEvent,
  context: WorkerContext,
): Promise<void> {
  await bringForward(context, 'downloads');
}
