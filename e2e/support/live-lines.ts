import type { Page } from '@playwright/test';

export type Carrier = 'WebSocket' | 'EventSource';

/** Makes one carrier unusable in pages opened from now on, as a proxy in between might. */
export async function refuse(page: Page, carrier: Carrier): Promise<void> {
  await page.addInitScript((name) => {
    const scope = window as unknown as Record<Carrier, new (url: string) => object>;
    const Real = scope[name];
    scope[name] = class extends Real {
      constructor() {
        const nowhere = new URL('/nowhere', location.href);
        if (name === 'WebSocket') nowhere.protocol = 'ws:';
        super(nowhere.href);
      }
    };
    // The constants have to be there as well.
    Object.setPrototypeOf(scope[name], Real);
  }, carrier);
}

/** Counts the lines that pages opened from now on hold; see `openLines`. */
export async function countLines(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const scope = window as unknown as { lines: Set<WebSocket | EventSource> };
    scope.lines = new Set();
    window.WebSocket = class extends WebSocket {
      constructor(url: string | URL) {
        super(url);
        scope.lines.add(this);
      }
    };
    window.EventSource = class extends EventSource {
      constructor(url: string | URL) {
        super(url);
        scope.lines.add(this);
      }
    };
  });
}

/** How many lines of either kind are open in this page. */
export function openLines(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { lines } = window as unknown as { lines: Set<WebSocket | EventSource> };
    return [...lines].filter(({ readyState }) => readyState === 1).length;
  });
}
