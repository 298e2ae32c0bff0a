// @ts-check
// `npm run bench`: how what we build compares with the barest way of doing the same, in this machine
// and this run. Prints a table; takes up to four minutes; never fails for a figure.
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const entry = fileURLToPath(new URL('../e2e/bench/bench.ts', import.meta.url));
const { module } = await runnerImport(entry, { configFile: false, logLevel: 'error' });
await /** @type {{ bench: () => Promise<void> }} */ (module).bench();
process.exit(0);
