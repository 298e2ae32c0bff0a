import { isDestination } from '../../core/contract/guards.ts';
import { MAX_QUERY_LENGTH } from '../../core/model/directory-search.ts';
import { bringForward } from '../bring-forward.ts';
import type { WorkerContext } from '../context.ts';

/**
 * A notification was pressed: show the app at the page that it is about. Its data was written by
 * some version of this worker, maybe an older one, so it is checked like a message.
 */
export async function onNotificationClick(
  { notification }: NotificationEvent,
  context: WorkerContext,
): Promise<void> {
  // Android leaves it standing otherwise.
  notification.close();
  const data: { destination?: unknown; words?: unknown } | null = notification.data;
  const { destination, words } = data ?? {};
  await bringForward(
    context,
    isDestination(destination) ? destination : 'library',
    typeof words === 'string' ? words.slice(0, MAX_QUERY_LENGTH) : '',
  );
}

/** Swept away: the next one begins a new group by itself. Only seen by the Inspector. */
export async function onNotificationClose(): Promise<void> {}
