import { findChromium, findFirefox } from '../../tools/browsers.mjs';
import type { BrowserOptions } from '../support/browser.ts';
import { eviction, evictions } from './eviction.ts';
import { interruptions } from './interruptions.ts';
import { kills } from './kills.ts';
import { quota } from './quota.ts';
import { settleStops } from './settle-stops.ts';
import { tabs } from './tabs.ts';
import { newTally, note, type Tally } from './tally.ts';
import { inWorld, type World } from './world.ts';

export interface TortureOptions {
  /** Of Chromium, half of them under Background Fetch. */
  kills?: number;
  firefoxKills?: number;
  interruptions?: number;
  /** Only trials with this in their name, such as `browser killed, Firefox`. */
  only?: string;
}

interface Trial {
  name: string;
  browser: BrowserOptions;
  run: (world: World) => Promise<Tally>;
}

/** Room for none of sixteen, for one, and so on: each of them is once the first that does not fit. */
const EVERY_SEGMENT = Array.from({ length: 16 }, (_, index) => index);

/**
 * Real browsers, treated as badly as they ever are. Prints a line for each trial as it ends, and a
 * table at last. Resolves with whether nothing was lost, doubled, corrupt or a ghost.
 */
export async function tortureBrowsers(options: TortureOptions): Promise<boolean> {
  const rows: Record<string, string>[] = [];
  let isClean = true;
  for (const { name, browser, run } of trialsOf(options)) {
    const startedAt = performance.now();
    const tally = await inWorld(browser, run).catch(broken);
    const tookS = ((performance.now() - startedAt) / 1000).toFixed(0);
    const { times, remarks, ...wrongs } = tally;
    isClean &&= Object.values(wrongs).every((count) => count === 0);
    console.log(`${name}, ${engineOf(browser)}: ${times} times in ${tookS} s`, wrongs);
    for (const remark of remarks) console.log(`  ${remark}`);
    const counts = Object.entries({ times, ...wrongs }).map(([key, count]) => [key, String(count)]);
    const engine = engineOf(browser);
    rows.push({ 'what was done': name, engine, ...Object.fromEntries(counts) });
  }
  print(rows);
  return isClean;
}

function trialsOf({
  kills: killCount = 50,
  firefoxKills = 20,
  interruptions: breaks = 500,
  only = '',
}: TortureOptions): Trial[] {
  const chromium: BrowserOptions = { browserKind: 'chromium', executablePath: findChromium() };
  const without = { ...chromium, withoutBackgroundFetch: true };
  const firefox: BrowserOptions = { browserKind: 'firefox', executablePath: findFirefox() };
  const trials: Trial[] = [];
  const add = (name: string, browsers: BrowserOptions[], run: Trial['run']) =>
    trials.push(...browsers.map((browser) => ({ name, browser, run })));
  const half = Math.ceil(killCount / 2);
  add('line broken', [without, firefox], (world) => interruptions(world, breaks));
  add('browser killed', [chromium], (world) => kills(world, half));
  add('browser killed', [without], (world) => kills(world, killCount - half));
  add('browser killed', [firefox], (world) => kills(world, firefoxKills));
  add('worker ended while it settles', [chromium], (world) => settleStops(world, 10));
  add('no space at each segment', [chromium, without], (world) => quota(world, EVERY_SEGMENT));
  for (const kind of evictions) {
    add(`browser evicts: ${kind}`, [chromium, without], (world) => eviction(world, kind));
  }
  add('eight tabs press together', [chromium, without, firefox], (world) => tabs(world, 8, 3));
  const isThere = ({ browser }: Trial) => browser !== firefox || firefox.executablePath;
  const isMeant = ({ name, browser }: Trial) => `${name}, ${engineOf(browser)}`.includes(only);
  return trials.filter((trial) => isMeant(trial) && isThere(trial));
}

function engineOf({ browserKind, withoutBackgroundFetch }: BrowserOptions): string {
  if (browserKind === 'firefox') return 'Firefox';
  return withoutBackgroundFetch ? 'Chromium, foreground' : 'Chromium, Background Fetch';
}

/** A trial that could not come to its end: something did not happen that was to. */
function broken(error: unknown): Tally {
  const tally = newTally();
  note(tally, 'lost', String(error));
  return tally;
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
