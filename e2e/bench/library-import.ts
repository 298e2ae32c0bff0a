import type { Page } from '@playwright/test';
import { ImportPage, opmlOf } from '../support/import-page.ts';
import type { LargeLibrary } from '../support/large-library.ts';
import { watchMainThread } from './main-thread.ts';

/** The longest time in which the page could do nothing else, in ms: while its user looks at this. */
export interface ImportBlocks {
  importPageMs: number;
  libraryMs: number;
}

/**
 * Imports all of it from a file, as a person does: the first half seen on the import page, the second
 * one in the library, which grows meanwhile. Throws where a podcast does not come.
 */
export async function importAll(
  page: Page,
  library: LargeLibrary,
  browserKind: 'chromium' | 'firefox',
): Promise<ImportBlocks> {
  const { feedUrls } = library;
  const imports = new ImportPage(page);
  await imports.open();
  const atImport = await watchMainThread(page, browserKind, async () => {
    await imports.choose(opmlOf(feedUrls));
    await page.evaluate(seen, { tag: 'sa-import-progress', words: halfWay(feedUrls.length) });
  });
  await page.getByRole('link', { name: 'Library', exact: true }).click();
  await page.getByRole('button', { name: 'Refresh all' }).waitFor();
  const atLibrary = await watchMainThread(page, browserKind, () =>
    page.evaluate(seen, { tag: 'sa-library-page', words: 'Import or export a list' }),
  );
  await imports.open();
  await imports.state('Imported').waitFor();
  await page.getByRole('button', { name: `Added ${feedUrls.length}`, exact: true }).waitFor();
  return { importPageMs: atImport.longestMs, libraryMs: atLibrary.longestMs };
}

/** What the import page says from the middle on. */
function halfWay(count: number): string {
  const later = Array.from({ length: Math.ceil(count / 2) }, (_, n) => count - n);
  return `(?:${later.join('|')}) of ${count} podcasts`;
}

/**
 * Runs in the page, and costs it next to nothing: a locator that looks for a role costs more than what is
 * measured. Waits until an element says these words, a pattern.
 */
async function seen({ tag, words }: { tag: string; words: string }): Promise<void> {
  const find = (root: ParentNode): Element | undefined => {
    for (const element of root.querySelectorAll('*')) {
      if (element.localName === tag) return element;
      const inside = element.shadowRoot && find(element.shadowRoot);
      if (inside) return inside;
    }
    return undefined;
  };
  const pattern = new RegExp(words);
  for (;;) {
    const text = find(document)?.shadowRoot?.textContent;
    if (text && pattern.test(text.replaceAll(/\s+/g, ' '))) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
