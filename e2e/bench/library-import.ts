import type { Page } from '@playwright/test';
import { ImportPage, opmlOf } from '../support/import-page.ts';
import type { LargeLibrary } from '../support/large-library.ts';

/** The longest time in which the page could do nothing else, in ms: while its user looks at this. */
export interface ImportBlocks {
  importPageMs: number;
  libraryMs: number;
}

/**
 * Imports all of it from a file, as a person does: the first half seen on the import page, the second
 * one in the library, which grows meanwhile. Throws where a podcast does not come.
 */
export async function importAll(page: Page, library: LargeLibrary): Promise<ImportBlocks> {
  const { feedUrls } = library;
  const imports = new ImportPage(page);
  await imports.open();
  await page.evaluate(watch);
  await imports.choose(opmlOf(feedUrls));
  await page.waitForFunction(isSettled, Math.ceil(feedUrls.length / 2), { polling: 250 });
  const importPageMs = await page.evaluate(longest);

  await page.getByRole('link', { name: 'Library', exact: true }).click();
  await page.getByRole('button', { name: 'Refresh all' }).waitFor();
  await page.evaluate(watch);
  await page.getByRole('link', { name: 'Import or export a list of podcasts' }).waitFor();
  const libraryMs = await page.evaluate(longest);

  await imports.open();
  await imports.state('Imported').waitFor();
  await page.getByRole('button', { name: `Added ${feedUrls.length}`, exact: true }).waitFor();
  return { importPageMs, libraryMs };
}

interface Watch {
  timer: ReturnType<typeof setInterval>;
  longestMs: number;
}

/** Runs in the page, from now on. */
function watch(): void {
  let last = performance.now();
  const state = { longestMs: 0 } as Watch;
  state.timer = setInterval(() => {
    const now = performance.now();
    state.longestMs = Math.max(state.longestMs, now - last);
    last = now;
  }, 1);
  Object.assign(globalThis, { importWatch: state });
}

/** Runs in the page, and ends the watch. */
function longest(): number {
  const { importWatch } = globalThis as unknown as { importWatch: Watch };
  clearInterval(importWatch.timer);
  return importWatch.longestMs;
}

/** Runs in the page: whether so many podcasts are done. */
function isSettled(count: number): boolean {
  const deep = (root: ParentNode): Element | null => {
    const found = root.querySelector('[role=progressbar][aria-label=Import]');
    if (found) return found;
    for (const { shadowRoot } of root.querySelectorAll('*')) {
      const inside = shadowRoot && deep(shadowRoot);
      if (inside) return inside;
    }
    return null;
  };
  const value = Number(deep(document)?.getAttribute('aria-valuenow') ?? 0);
  return value >= count;
}
