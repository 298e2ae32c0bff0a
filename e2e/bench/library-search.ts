import type { Page } from '@playwright/test';
import { AppPage } from '../support/app-page.ts';
import { AppServer } from '../support/app-server.ts';
import { type BrowserOptions, BrowserProfile } from '../support/browser.ts';
import { LARGE, LargeLibrary, type LibrarySize, largeFeed } from '../support/large-library.ts';
import { type Comparison, percentile } from './figures.ts';
import { importAll } from './library-import.ts';
import { watchMainThread } from './main-thread.ts';
import { noteFirstRow, start } from './offline-start.ts';

const SMALL: LibrarySize = { podcasts: 1, episodesPerPodcast: 10 };
const STARTS = 8;
const TYPINGS = 12;
const LIMIT_MS = 50;
const SUBSCRIBE_MS = 10 * 60_000;

/**
 * A library of 200 podcasts and 100,000 episodes: its import from a list, and typing in the search field
 * while the index is filled and afterwards, beside the limit of 50 ms; and the start of the app, beside
 * one with 10 episodes.
 */
export async function librarySearch(options: BrowserOptions): Promise<Comparison[]> {
  const { browserKind } = options;
  const small = await withLibrary(options, SMALL, async (page, library) => {
    await library.subscribeToAll(page);
    return starts(page);
  });
  return withLibrary(options, LARGE, async (page, library) => {
    const blocks = await importAll(page, library, browserKind);
    const large = await starts(page);
    await page.goto('/#/search');
    await page.getByRole('searchbox', { name: 'Podcasts, episodes and show notes' }).waitFor();
    const filling = await watchMainThread(page, browserKind, () => type(page, phraseOf(0)));
    await type(page, 'a', true);
    const typeAll = async (first: number) => {
      const latenciesMs: number[] = [];
      for (let round = first; round < first + TYPINGS; round += 1)
        latenciesMs.push(...(await type(page, phraseOf(round))));
      return latenciesMs;
    };
    // One after the other: to be watched takes time as well.
    const latenciesMs = await typeAll(1);
    const typing = await watchMainThread(page, browserKind, () => typeAll(1 + TYPINGS));
    const besideLimit = (name: string, ours: number[]): Comparison => ({
      name: `${name}, 100,000 episodes, ${browserKind}`,
      unit: 'ms',
      ours,
      peer: ours.map(() => LIMIT_MS),
      goal: { atMost: 1 },
    });
    return [
      besideLimit('main thread of the import page while it imports, longest', [
        blocks.importPageMs,
      ]),
      besideLimit('main thread of the library while it imports, longest', [blocks.libraryMs]),
      besideLimit('keystroke to results, p95', [percentile(latenciesMs, 95)]),
      besideLimit('main thread while typing, longest', [typing.longestMs]),
      besideLimit('main thread while the index is filled, longest', [filling.longestMs]),
      {
        name: `start to list, 100,000 episodes beside 10, ${browserKind}`,
        unit: 'ms',
        ours: large,
        peer: small,
        goal: { atMost: 1.5 },
      },
    ];
  });
}

/** Words of an episode that is there, typed to the middle of the third. */
function phraseOf(round: number): string {
  const title = largeFeed(round, round + 1).episodes[round]?.title ?? '';
  return title.split(' ').slice(0, 3).join(' ').slice(0, -1);
}

async function withLibrary<Result>(
  options: BrowserOptions,
  size: LibrarySize,
  measure: (page: Page, library: LargeLibrary) => Promise<Result>,
): Promise<Result> {
  const library = await LargeLibrary.start(size);
  const server = await AppServer.start({ allowAddresses: [library.host] });
  const profile = await BrowserProfile.create(options, server.address);
  try {
    const page = await profile.page();
    page.setDefaultTimeout(SUBSCRIBE_MS);
    await page.addInitScript(noteFirstRow);
    const app = new AppPage(page);
    await app.open();
    await app.worksOffline();
    return await measure(page, library);
  } finally {
    await profile.dispose();
    await server.close();
    await library.close();
  }
}

async function starts(page: Page): Promise<number[]> {
  await start(page);
  const times: number[] = [];
  for (let round = 0; round < STARTS; round += 1) times.push(await start(page));
  return times;
}

/**
 * Types it letter by letter, each when the results of the one before are there. Resolves with the ms
 * from each keystroke to its results in the document.
 */
async function type(page: Page, text: string, untilRead = false): Promise<number[]> {
  return page.evaluate(typeInPage, { text, untilRead });
}

/** Runs in the page. */
async function typeInPage({
  text,
  untilRead,
}: {
  text: string;
  untilRead: boolean;
}): Promise<number[]> {
  const deep = (root: ParentNode, selector: string): HTMLElement | null => {
    const found = root.querySelector<HTMLElement>(selector);
    if (found) return found;
    for (const { shadowRoot } of root.querySelectorAll('*')) {
      const inside = shadowRoot && deep(shadowRoot, selector);
      if (inside) return inside;
    }
    return null;
  };
  const input = deep(document, 'sa-search-page')?.shadowRoot?.querySelector('input');
  if (!input) throw new Error('no field');
  // Found once, and heard of: looking again and again takes the time that is measured.
  const results = () => deep(document, 'sa-library-results')?.shadowRoot;
  const isThere = (root: ShadowRoot) =>
    root.querySelector('section')?.getAttribute('aria-busy') === 'false';
  const settled = (root: ShadowRoot) =>
    new Promise<void>((resolve) => {
      const observer = new MutationObserver(() => {
        if (!isThere(root)) return;
        observer.disconnect();
        resolve();
      });
      observer.observe(root, { subtree: true, attributeFilter: ['aria-busy'] });
    });
  const appeared = async () => {
    for (let root = results(); !root || !isThere(root); root = results()) await nextTask();
  };
  const rest = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const nextTask = () =>
    new Promise<void>((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(0);
    });

  const latenciesMs: number[] = [];
  for (let length = 1; length <= text.length; length += 1) {
    const root = results();
    const startedAt = performance.now();
    input.value = text.slice(0, length);
    input.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
    // A space behind a word asks nothing new.
    if (text.charAt(length - 1) !== ' ') {
      // The list itself comes with the first letter.
      if (root) await settled(root);
      else await appeared();
      // Its rows render before the next task.
      await nextTask();
      latenciesMs.push(performance.now() - startedAt);
    }
    await rest(30);
  }
  while (untilRead && /so far|still being read/.test(results()?.textContent ?? '')) {
    await rest(50);
  }
  return latenciesMs;
}
