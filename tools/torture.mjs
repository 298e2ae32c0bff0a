// @ts-check
// `npm run torture -- --minutes N`: goes on where `npm test` ends, with seeds nobody has tried.
//   npm run torture -- --seed S     one schedule of the simulator, with everything that happened
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

/**
 * What takes part, in this order. Each resolves with whether everything held.
 * @type {{ entry: string, start: string }[]}
 */
const parts = [
  { entry: '../sw/testing/simulator/torture.ts', start: 'tortureSimulator' },
  { entry: '../e2e/torture/torture.ts', start: 'tortureBrowsers' },
];

/** @typedef {{ minutes: number, seed: number | undefined }} Options */

/** @param {string[]} words @returns {Options} */
function readOptions(words) {
  /** @param {string} name */
  const numberAfter = (name) => {
    const at = words.indexOf(name);
    const value = at === -1 ? undefined : Number(words[at + 1]);
    if (value !== undefined && !(value >= 0)) throw new Error(`${name} wants a number`);
    return value;
  };
  return { minutes: numberAfter('--minutes') ?? 5, seed: numberAfter('--seed') };
}

/** @param {{ entry: string, start: string }} part @param {Options} options */
async function run({ entry, start }, options) {
  const path = fileURLToPath(new URL(entry, import.meta.url));
  if (!existsSync(path)) return true;
  const { module } = await runnerImport(path, { configFile: false, logLevel: 'error' });
  const parts = /** @type {Record<string, (options: Options) => Promise<boolean>>} */ (module);
  return (await parts[start]?.(options)) !== false;
}

const options = readOptions(process.argv.slice(2));
let holds = true;
for (const part of options.seed === undefined ? parts : parts.slice(0, 1)) {
  holds = (await run(part, options)) && holds;
}
process.exit(holds ? 0 : 1);
