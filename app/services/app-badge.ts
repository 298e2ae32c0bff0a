import type { Library, SettingsKeeper } from '../contexts.ts';

/**
 * Keeps the number on the app's icon right while this page is open: its worker's may have no badges,
 * or may have died before it could set it.
 */
export function showNewOnBadge(library: Library, settings: SettingsKeeper): void {
  const show = async () => {
    const [counts, subscriptions] = await Promise.all([
      library.newCounts(),
      library.subscriptions(),
    ]);
    let count = 0;
    for (const [podcastId, episodes] of counts) {
      if (subscriptions.get(podcastId)?.announce) count += episodes;
    }
    await navigator.setAppBadge(settings.current.announceNew ? count : 0);
  };
  const showSoon = () => void show().catch(() => undefined);
  library.addEventListener('change', showSoon);
  settings.addEventListener('change', showSoon);
}
