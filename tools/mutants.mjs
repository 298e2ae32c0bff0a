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
import { MUTANT_GROUPS } from './mutant-list.mjs';
import { projectFolder, runCommand } from './steps.mjs';

const GOAL = 0.85;

const folder = mkdtempSync(join(tmpdir(), 'stowaway-mutants-'));
const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
  cwd: projectFolder,
});
for (const file of files.toString().split('\n').filter(Boolean)) {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  cpSync(join(projectFolder, file), join(folder, file));
}
symlinkSync(join(projectFolder, 'node_modules'), join(folder, 'node_modules'));

const words = process.argv.slice(2);
const groups = MUTANT_GROUPS.filter(
  ({ file }) => words.length === 0 || words.some((word) => file.includes(word)),
);
/** @type {string[]} */
const survivors = [];
let killed = 0;

try {
  for (const { file, project, tests, mutants } of groups) {
    const path = join(folder, file);
    const source = readFileSync(path, 'utf8');
    const command = `cd ${folder} && vitest run --bail 1 --project ${project} ${tests.join(' ')}`;
    const untouched = await runCommand(command, { quiet: true });
    if (untouched.exitCode !== 0)
      throw new Error(`${file}: its tests fail as it is\n${untouched.output}`);
    for (const [from, to] of mutants) {
      if (source.split(from).length !== 2)
        throw new Error(`${file} does not hold this once: ${from}`);
      writeFileSync(
        path,
        source.replace(from, () => to),
      );
      const { exitCode } = await runCommand(command, { quiet: true });
      writeFileSync(path, source);
      if (exitCode !== 0) killed += 1;
      else survivors.push(`${file}: ${from}  →  ${to}`);
      console.log(`${exitCode === 0 ? '✗ survived' : '✓ killed  '}  ${file}: ${from}`);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const all = killed + survivors.length;
console.log(`\n${killed} of ${all} killed (${Math.round((100 * killed) / all)} %)`);
for (const survivor of survivors) console.log(`survived: ${survivor}`);
process.exitCode = killed / all >= GOAL ? 0 : 1;
