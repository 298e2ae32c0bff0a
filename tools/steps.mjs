// @ts-check
import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectFolder = fileURLToPath(new URL('..', import.meta.url));

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {string} command a shell command, run in the project's folder
 */

/**
 * @typedef {object} StepResult
 * @property {string} name
 * @property {boolean} passed
 * @property {string} output
 * @property {number} durationMs
 */

/** What reads the source and builds nothing. No step needs another. @type {Step[]} */
export const checkSteps = [
  { name: 'types', command: 'tsc -b' },
  { name: 'lint and format', command: 'biome ci --colors=off .' },
  { name: 'boundaries', command: 'node tools/boundaries.mjs' },
  { name: 'dead code', command: 'knip' },
];

/** The production build, then what is asked of it, in this order. @type {Step[]} */
export const buildSteps = [
  { name: 'build', command: 'npm run build' },
  { name: 'sizes', command: 'node tools/sizes.mjs' },
];

/**
 * Runs steps side by side; each prints its line as it ends, with its output where it failed.
 * @param {Step[]} steps
 */
export function runTogether(steps) {
  return Promise.all(steps.map(runStep));
}

/**
 * Runs steps one after another, up to and including the first that fails.
 * @param {Step[]} steps
 */
export async function runInOrder(steps) {
  /** @type {StepResult[]} */
  const results = [];
  for (const step of steps) {
    const result = await runStep(step);
    results.push(result);
    if (!result.passed) break;
  }
  return results;
}

/** @param {Step} step @returns {Promise<StepResult>} */
async function runStep(step) {
  const startedAt = performance.now();
  const { exitCode, output } = await runCommand(step.command, { quiet: true });
  const durationMs = performance.now() - startedAt;
  const passed = exitCode === 0;
  console.log(`${passed ? '✓' : '✗'} ${step.name} (${(durationMs / 1000).toFixed(1)} s)`);
  // What a passing step says is noise, but for the figures of the last one.
  if (!passed || step.name === 'sizes') console.log(indent(output));
  return { name: step.name, passed, output, durationMs };
}

/**
 * Runs a shell command with the project's own tools on the path.
 * @param {string} command
 * @param {{ quiet?: boolean, env?: Record<string, string> }} options `quiet` keeps the output for
 * the caller instead of printing it
 * @returns {Promise<{ exitCode: number, output: string }>} never rejects; a command that could not
 * be started, or was ended by a signal, has exit code 1
 */
export function runCommand(command, { quiet = false, env = {} } = {}) {
  const path = `${join(projectFolder, 'node_modules', '.bin')}${delimiter}${process.env.PATH}`;
  const child = spawn(command, {
    cwd: projectFolder,
    env: { ...process.env, ...env, PATH: path },
    shell: true,
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ exitCode: 1, output: String(error) }));
    child.once('close', (exitCode) => resolve({ exitCode: exitCode ?? 1, output }));
  });
}

/** @param {string} text */
function indent(text) {
  return text.trimEnd().replace(/^/gm, '  ');
}
