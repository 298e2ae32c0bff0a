// @ts-check
// `npm run torture -- --browsers`: real browsers killed, cut off, crowded and evicted at random
// moments. Prints a table; takes about forty minutes; fails where anything was lost.
//   --kills 10 --firefox-kills 5 --interruptions 50   fewer of each
//   --only "browser killed"                           some trials alone
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';

/**
 * @typedef {{ kills?: number, firefoxKills?: number, interruptions?: number, only?: string }} Options
 * @typedef {{ tortureBrowsers: (options: Options) => Promise<boolean> }} Torture
 */

const { values } = parseArgs({
  options: {
    browsers: { type: 'boolean', default: false },
    kills: { type: 'string' },
    'firefox-kills': { type: 'string' },
    interruptions: { type: 'string' },
    only: { type: 'string' },
  },
});

/** @param {string | undefined} text */
const count = (text) => (text === undefined ? undefined : Number(text));

let isClean = true;
if (values.browsers) {
  const entry = fileURLToPath(new URL('../e2e/torture/torture.ts', import.meta.url));
  const { module } = await runnerImport(entry, { configFile: false, logLevel: 'error' });
  isClean = await /** @type {Torture} */ (module).tortureBrowsers({
    kills: count(values.kills),
    firefoxKills: count(values['firefox-kills']),
    interruptions: count(values.interruptions),
    only: values.only,
  });
} else {
  console.log('Say what: --browsers');
}
process.exit(isClean ? 0 : 1);
