// @ts-check
/*
 * `npm run mutants`: makes each mistake of the list in a copy of the project, one at a time, and runs
 * the tests that have to find it. The copy is a temporary folder; nothing here is ever changed.
 * `npm run mutants -- range` takes the files whose name holds that word.
 */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createVitest } from 'vitest/node';
import { MUTANT_GROUPS } from './mutant-list.mjs';
import { projectFolder } from './steps.mjs';

const GOAL = 0.85;

const words = process.argv.slice(2);
const groups = MUTANT_GROUPS.filter(
  ({ file }) => words.length === 0 || words.some((word) => file.includes(word)),
);
/** @type {string[]} */
const survivors = [];
let killed = 0;

const folder = copyOfTheProject();
process.chdir(folder);
try {
  // One Vitest, and one browser, for all groups of a project: starting them costs more than the tests.
  for (const project of new Set(groups.map((group) => group.project))) {
    const vitest = await createVitest('test', {
      root: folder,
      project: [project],
      watch: false,
      bail: 1,
      // Nothing here is about speed, and machines are shared.
      testTimeout: 60_000,
      reporters: [{}],
    });
    for (const group of groups.filter((one) => one.project === project)) {
      await judge(vitest, group);
    }
    await vitest.close();
  }
} finally {
  process.chdir(projectFolder);
  rmSync(folder, { recursive: true, force: true });
}

const all = killed + survivors.length;
console.log(`\n${killed} of ${all} killed (${Math.round((100 * killed) / all)} %)`);
for (const survivor of survivors) console.log(`survived: ${survivor}`);
// Browsers of a run that was cut short hold the process.
process.exit(killed / all >= GOAL ? 0 : 1);

function copyOfTheProject() {
  const copy = mkdtempSync(join(tmpdir(), 'stowaway-mutants-'));
  const listed = ['ls-files', '-co', '--exclude-standard'];
  const files = execFileSync('git', listed, { cwd: projectFolder }).toString();
  for (const file of files.split('\n').filter(Boolean)) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(projectFolder, file), join(copy, file));
  }
  symlinkSync(join(projectFolder, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

/**
 * @param {import('vitest/node').Vitest} vitest
 * @param {import('./mutant-list.mjs').MutantGroup} group
 */
async function judge(vitest, { file, tests, mutants }) {
  const path = join(folder, file);
  const source = readFileSync(path, 'utf8');
  const specifications = await vitest.globTestSpecifications(tests);
  const passes = async () => {
    vitest.invalidateFile(path);
    const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications);
    return unhandledErrors.length === 0 && testModules.every((module) => module.ok());
  };
  if (specifications.length === 0) throw new Error(`${file} has no tests`);
  if (!(await passes())) throw new Error(`${file}: its tests fail as it is`);
  for (const [from, to] of mutants) {
    if (source.split(from).length !== 2)
      throw new Error(`${file} does not hold this once: ${from}`);
    writeFileSync(
      path,
      source.replace(from, () => to),
    );
    const survived = await passes();
    writeFileSync(path, source);
    if (survived) survivors.push(`${file}: ${from}  →  ${to}`);
    else killed += 1;
    console.log(`${survived ? '✗ survived' : '✓ killed  '}  ${file}: ${from}`);
  }
  // Or what came last would have killed everything behind it.
  if (!(await passes())) throw new Error(`${file}: its tests fail though nothing is changed`);
}
