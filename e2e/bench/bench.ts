import { findChromium, findFirefox } from '../../tools/browsers.mjs';
import type { BrowserOptions } from '../support/browser.ts';
import { type Comparison, tableRow } from './figures.ts';
import { librarySearch } from './library-search.ts';
import { liveLatency } from './live-latency.ts';
import { offlineStart } from './offline-start.ts';
import { roundTrip } from './round-trip.ts';
import { subscribers } from './subscribers.ts';

/**
 * Runs every comparison in every browser where it makes sense, one after the other, and prints the
 * table. One that cannot be measured says why and costs the others nothing.
 */
export async function bench(): Promise<void> {
  const chromium = { browserKind: 'chromium', executablePath: findChromium() } as const;
  const firefoxPath = findFirefox();
  const both: BrowserOptions[] = [chromium];
  if (firefoxPath) both.push({ browserKind: 'firefox', executablePath: firefoxPath });
  const runs: [name: string, run: () => Promise<Comparison[]>][] = [
    ...both.map((it) => [`round trip, ${it.browserKind}`, () => roundTrip(it)] as const),
    ...both.map((it) => [`offline start, ${it.browserKind}`, () => offlineStart(it)] as const),
    ...both.map((it) => [`live events, ${it.browserKind}`, () => liveLatency(it)] as const),
    // The figures of main threads come from Chromium's own tools.
    ['subscribers, chromium', () => subscribers(chromium)],
    ...both.map((it) => [`library search, ${it.browserKind}`, () => librarySearch(it)] as const),
  ].map(([name, run]) => [name as string, run as () => Promise<Comparison[]>]);

  const rows: Record<string, string>[] = [];
  for (const [name, run] of runs) {
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
