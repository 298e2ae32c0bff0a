// @ts-check
// `npm run torture -- --minutes 10`: the simulator goes on where `npm test` ends, with seeds nobody
// has tried. Fails where anything was lost.
//   --seed 7                  one schedule again, with everything that happened in it
//   --outbox                  100,000 mutations through the outbox, and no downloads
//   --outbox --seed 7         one of its schedules again
//   --browsers                real browsers after it; `--minutes 0 --browsers` for them alone
//   --kills 10 --firefox-kills 5 --interruptions 50 --only "browser killed"   fewer of their trials
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string' },
    outbox: { type: 'boolean', default: false },
    mutations: { type: 'string', default: '100000' },
    browsers: { type: 'boolean', default: false },
    kills: { type: 'string' },
    'firefox-kills': { type: 'string' },
    interruptions: { type: 'string' },
    only: { type: 'string' },
  },
});

/** @param {string | undefined} text */
const count = (text) => (text === undefined ? undefined : Number(text));

/**
 * Runs one part of it. Resolves with whether everything held.
 * @param {string} file
 * @param {string} name what it exports
 * @param {object} options
 */
async function run(file, name, options) {
  const entry = fileURLToPath(new URL(file, import.meta.url));
  const { module } = await runnerImport(entry, { configFile: false, logLevel: 'error' });
  const parts = /** @type {Record<string, (options: object) => Promise<boolean>>} */ (module);
  return (await parts[name]?.(options)) === true;
}

const OUTBOX = '../sw/testing/simulator/outbox/torture-outbox.ts';
const minutes = Number(values.minutes);
const mutations = Number(values.mutations);
const seed = count(values.seed);
let holds = true;
if (values.outbox) {
  const options = { mutations, minutes: Number.POSITIVE_INFINITY, seed };
  holds = await run(OUTBOX, 'tortureOutbox', options);
} else if (minutes > 0 || values.seed) {
  // The outbox has a part of the time, and no more of it than it needs.
  const own = { minutes: seed === undefined ? minutes * 0.75 : minutes, seed };
  holds = await run('../sw/testing/simulator/torture.ts', 'tortureSimulator', own);
  const options = { mutations, minutes: minutes * 0.25, seed: undefined };
  if (seed === undefined) holds = (await run(OUTBOX, 'tortureOutbox', options)) && holds;
}
if (values.browsers) {
  const options = {
    kills: count(values.kills),
    firefoxKills: count(values['firefox-kills']),
    interruptions: count(values.interruptions),
    only: values.only,
  };
  holds = (await run('../e2e/torture/torture.ts', 'tortureBrowsers', options)) && holds;
}
// All of it has been read, also where it goes through a pipe.
process.stdout.write('', () => process.exit(holds ? 0 : 1));
