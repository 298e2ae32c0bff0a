// @ts-check
// `npm run check`: everything that is wrong and can be seen without running a test, in seconds.
import { buildSteps, checkSteps, runInOrder, runTogether } from './steps.mjs';

const startedAt = performance.now();
const results = (await Promise.all([runTogether(checkSteps), runInOrder(buildSteps)])).flat();
const failed = results.filter((result) => !result.passed).map((result) => result.name);

const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
console.log(failed.length === 0 ? `All good in ${seconds} s.` : `Failed: ${failed.join(', ')}.`);
process.exitCode = failed.length === 0 ? 0 : 1;
