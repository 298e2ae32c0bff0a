// @ts-check
// `npm test`: takes a fresh machine through everything, and ends with `N passed, N failed`.
//   npm test -- unit elements       some groups only
//   npm test -- e2e -g "two tabs"   what follows the groups is passed on to the last of them
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium, findFirefox } from './browsers.mjs';
import {
  buildSteps,
  checkSteps,
  projectFolder,
  runCommand,
  runInOrder,
  runTogether,
} from './steps.mjs';

/**
 * @typedef {{ passed: number, failed: number, skipped: number, flaky?: number }} Count
 * @typedef {Record<'numPassedTests' | 'numFailedTests' | 'numPendingTests' | 'numTodoTests', number>} VitestReport
 * @typedef {{ stats: Record<'expected' | 'flaky' | 'unexpected' | 'skipped', number> }} PlaywrightReport
 */

/** In the order that finds a mistake soonest. @type {Record<string, (rest: string) => Promise<Count>>} */
const groups = {
  check: async () => countSteps(await runTogether(checkSteps)),
  unit: (rest) => runVitest('unit', rest),
  rows: (rest) => runVitest('rows', rest),
  elements: (rest) => runVitest('elements', rest),
  build: async () => countSteps(await runInOrder(buildSteps)),
  e2e: runPlaywright,
};

const reportFolder = join(projectFolder, 'test-results', 'reports');

/** @param {import('./steps.mjs').StepResult[]} results @returns {Count} */
function countSteps(results) {
  const passed = results.filter((result) => result.passed).length;
  return { passed, failed: results.length - passed, skipped: 0 };
}

/** @param {string} project @param {string} rest */
async function runVitest(project, rest) {
  const report = join(reportFolder, `${project}.json`);
  const reporters = `--reporter=default --reporter=json --outputFile.json="${report}"`;
  const { exitCode } = await runCommand(`vitest run --project ${project} ${reporters} ${rest}`);
  return counted(exitCode, report, (/** @type {VitestReport} */ json) => ({
    passed: json.numPassedTests,
    failed: json.numFailedTests,
    skipped: json.numPendingTests + json.numTodoTests,
  }));
}

/** @param {string} rest */
async function runPlaywright(rest) {
  const report = join(reportFolder, 'e2e.json');
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: report };
  const { exitCode } = await runCommand(`playwright test --reporter=list,json ${rest}`, { env });
  return counted(exitCode, report, (/** @type {PlaywrightReport} */ { stats }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
    flaky: stats.flaky,
  }));
}

/**
 * Reads a runner's own count. Where the runner says that it failed and names no test (it could not
 * start, or an error came from outside every test), that is one failure: it never counts as none.
 * @template Report
 * @param {number} exitCode
 * @param {string} report where the runner wrote it
 * @param {(json: Report) => Count} count
 * @returns {Count}
 */
function counted(exitCode, report, count) {
  let result = { passed: 0, failed: 0, skipped: 0 };
  try {
    result = count(JSON.parse(readFileSync(report, 'utf8')));
  } catch {
    exitCode ||= 1;
  }
  if (exitCode !== 0 && result.failed === 0) result.failed = 1;
  return result;
}

/** @param {string[]} words what stands after `npm test --` */
function readSelection(words) {
  const end = words.findIndex((word) => !Object.hasOwn(groups, word));
  const named = end === -1 ? words : words.slice(0, end);
  const rest = end === -1 ? [] : words.slice(end);
  if (rest.length > 0 && named.length === 0) {
    throw new Error(`Name a group first: ${Object.keys(groups).join(', ')}.`);
  }
  const chosen = Object.keys(groups).filter((group) => {
    // The end-to-end tests run on what is built, so what is built must be what stands there.
    const isNeeded = group === 'build' && named.includes('e2e');
    return named.length === 0 || named.includes(group) || isNeeded;
  });
  const last = chosen.at(-1);
  return { chosen, last, rest: rest.map((word) => JSON.stringify(word)).join(' ') };
}

/** @param {string[]} chosen @returns {boolean} whether what the chosen groups need is there */
function prepareBrowsers(chosen) {
  if (!['rows', 'elements', 'e2e'].some((group) => chosen.includes(group))) return true;
  const chromium = ensureChromium();
  if (!chromium) return false;
  process.env.BROWSER_PATH = chromium;
  console.log(`Chromium: ${chromium}`);
  if (chosen.includes('e2e')) {
    const missing = 'none found, so its tests are SKIPPED (install it, or set FIREFOX_PATH)';
    console.log(`Firefox:  ${findFirefox() ?? missing}`);
  }
  return true;
}

/** @param {string[]} words @returns {Promise<boolean>} whether everything passed */
async function main(words) {
  const { chosen, last, rest } = readSelection(words);
  rmSync(reportFolder, { recursive: true, force: true });
  mkdirSync(reportFolder, { recursive: true });
  const total = { passed: 0, failed: 0, skipped: 0 };
  /** @type {string[]} */
  const summary = [];
  if (!prepareBrowsers(chosen)) {
    total.failed = 1;
    summary.push('browser   not found, nothing was run');
  }
  for (const group of total.failed === 0 ? chosen : []) {
    if (total.failed > 0) {
      summary.push(`${group.padEnd(9)} not run`);
      continue;
    }
    console.log(`\n── ${group} ${'─'.repeat(70 - group.length)}`);
    const startedAt = performance.now();
    const count = await groups[group]?.(group === last ? rest : '');
    if (!count) continue;
    total.passed += count.passed;
    total.failed += count.failed;
    total.skipped += count.skipped;
    const seconds = Math.round((performance.now() - startedAt) / 1000);
    const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : '';
    const flaky = count.flaky ? `, ${count.flaky} FLAKY: passed at the second try only` : '';
    const sentence = `${count.passed} passed, ${count.failed} failed${skipped}${flaky} (${seconds} s)`;
    summary.push(`${group.padEnd(9)} ${sentence}`);
    if (count.failed > 0) console.log(`\nStopping here: ${group} failed.`);
  }
  console.log(`\n${summary.join('\n')}`);
  if (total.skipped > 0) console.log(`${total.skipped} skipped`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0;
}

try {
  process.exitCode = (await main(process.argv.slice(2))) ? 0 : 1;
} catch (error) {
  console.error(error);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}
