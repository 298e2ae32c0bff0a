import type { Page } from '@playwright/test';

/** How many registrations the browser holds for the app in this page. */
export function heldByBrowser(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { backgroundFetch } = (await navigator.serviceWorker.ready) as unknown as {
      backgroundFetch?: { getIds(): Promise<string[]> };
    };
    return (await backgroundFetch?.getIds())?.length ?? 0;
  });
}
