// @ts-check
// `npm run bench`: how what we build compares with the barest way of doing the same, in this machine
// and this run. Prints a table; takes up to ten minutes; never fails for a figure.
// `npm run bench -- downloads tabs` runs these groups only: messages start live tabs search downloads.
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const entry = fileURLToPath(new URL('../e2e/bench/bench.ts', import.meta.url));
const { module } = await runnerImport(entry, { configFile: false, logLevel: 'error' });
const { bench } = /** @type {{ bench: (groups: string[]) => Promise<void> }} */ (module);
await bench(process.argv.slice(2));
process.exit(0);
