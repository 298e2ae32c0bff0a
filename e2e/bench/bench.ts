import { findChromium, findFirefox } from '../../tools/browsers.mjs';
import type { BrowserOptions } from '../support/browser.ts';
import { backgroundDownloads, foregroundDownloads } from './downloads.ts';
import { type Comparison, tableRow } from './figures.ts';
import { librarySearch } from './library-search.ts';
import { liveLatency } from './live-latency.ts';
import { offlineStart } from './offline-start.ts';
import { roundTrip } from './round-trip.ts';
import { subscribers } from './subscribers.ts';

type Run = [group: string, name: string, run: () => Promise<Comparison[]>];

/**
 * Runs every comparison in every browser where it makes sense, one after the other, and prints the
 * table. One that cannot be measured says why and costs the others nothing. `groups`: only these.
 */
export async function bench(groups: readonly string[]): Promise<void> {
  const chromium = { browserKind: 'chromium', executablePath: findChromium() } as const;
  const firefoxPath = findFirefox();
  const both: BrowserOptions[] = [chromium];
  if (firefoxPath) both.push({ browserKind: 'firefox', executablePath: firefoxPath });
  const everywhere = (group: string, run: (it: BrowserOptions) => Promise<Comparison[]>) =>
    both.map((it): Run => [group, `${group}, ${it.browserKind}`, () => run(it)]);
  const all: Run[] = [
    ...everywhere('messages', roundTrip),
    ...everywhere('start', offlineStart),
    ...everywhere('live', liveLatency),
    // The figures of main threads come from Chromium's own tools.
    ['tabs', 'tabs, chromium', () => subscribers(chromium)],
    ...everywhere('search', librarySearch),
    ...everywhere('downloads', foregroundDownloads),
    ['downloads', 'downloads by Background Fetch', () => backgroundDownloads(chromium)],
  ];
  const known = new Set(all.map(([group]) => group));
  const unknown = groups.filter((group) => !known.has(group));
  if (unknown.length > 0) {
    throw new Error(`There is no ${unknown.join(', ')}; there are ${[...known].join(', ')}.`);
  }

  const rows: Record<string, string>[] = [];
  for (const [group, name, run] of all) {
    if (groups.length > 0 && !groups.includes(group)) continue;
    const startedAt = performance.now();
    try {
      rows.push(...(await run()).map(tableRow));
    } catch (error) {
      console.error(`${name} could not be measured:`, error);
    }
    console.log(`${name}: ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
  }
  print(rows);
}

/** As a table of Markdown, so that it can be pasted. */
function print(rows: Record<string, string>[]): void {
  const columns = Object.keys(rows[0] ?? {});
  const widths = columns.map((name) =>
    Math.max(name.length, ...rows.map((row) => (row[name] ?? '').length)),
  );
  const line = (cells: string[]) =>
    `| ${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' | ')} |`;
  console.log(line(columns));
  console.log(line(widths.map((width) => '-'.repeat(width))));
  for (const row of rows) console.log(line(columns.map((name) => row[name] ?? '')));
}
