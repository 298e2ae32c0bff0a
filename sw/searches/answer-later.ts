import { succeeded } from '../../core/model/failure.ts';
import type { WorkerContext } from '../context.ts';
import type { Delivery } from '../outbox/delivery.ts';
import { windowsOf } from '../windows.ts';
import { askDirectory } from './ask-directory.ts';

/**
 * Asks what was asked without a network, and says that it is answered to whoever does not look: the
 * answer itself is a row.
 */
export async function answerLater(context: WorkerContext, query: string): Promise<Delivery> {
  const outcome = await askDirectory(context, query);
  await context.broadcast({ type: 'searches/changed' });
  if (!outcome.ok) return outcome;
  await announce(context, query, outcome.value.found).catch(context.report);
  return succeeded(undefined);
}

/** A hint like any other: one that is lost is no loss. */
async function announce(context: WorkerContext, query: string, found: number): Promise<void> {
  if (context.notificationPermission() !== 'granted') return;
  const windows = await windowsOf(context);
  if (windows.some(({ visibilityState }) => visibilityState === 'visible')) return;
  const { registration, baseUrl } = context;
  const podcasts = found === 1 ? '1 podcast' : `${found || 'No'} podcasts`;
  await registration.showNotification(`${podcasts} found for “${query}”`, {
    tag: `search ${query}`,
    body: found > 0 ? 'Press to see what there is.' : 'Try fewer or other words.',
    icon: new URL('icons/pwa-192.png', baseUrl).href,
    data: { destination: 'search', words: query },
  });
}
