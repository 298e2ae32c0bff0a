// @ts-check
// Who may import whom. The compiler's project references say most of it; this says the rest, and
// says it in words.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';
import { projectFolder } from './steps.mjs';

/**
 * What the files below one folder may import, besides each other. A file obeys every rule whose
 * folder it is in.
 * @typedef {object} Rule
 * @property {string} folder
 * @property {string[]} [folders] the only other folders it may import from; all, where not given
 * @property {string[]} [typesFrom] folders it may take types from, but nothing that runs
 * @property {string[]} [packages] the only packages it may import; all, where not given
 * @property {string[]} [never] folders and packages it must not import
 * @property {RegExp} [neverMentions]
 */

/** @type {Rule[]} */
const rules = [
  { folder: 'core', folders: [] },
  { folder: 'core/model', folders: [], packages: [] },
  { folder: 'core/contract', folders: [], typesFrom: ['core/model'], packages: ['valibot'] },
  { folder: 'core/feed', folders: ['core/model'], packages: ['sax', 'valibot'] },
  { folder: 'core/api', folders: ['core/model'], packages: ['sax', 'valibot'] },
  { folder: 'core/messaging', folders: ['core/contract', 'core/model'], packages: [] },
  { folder: 'core/storage', folders: ['core/model'], packages: ['idb'] },
  { folder: 'sw', folders: ['core'] },
  { folder: 'gateway', folders: ['core/feed', 'core/api', 'core/model'] },
  { folder: 'e2e', folders: ['tools'] },
  { folder: 'app', folders: ['core'], neverMentions: /\bunsafe(?:HTML|SVG|Static)\b/ },
  ...['app/elements', 'app/controllers'].map((folder) => ({
    folder,
    never: ['idb', 'core/storage', 'core/messaging'],
    neverMentions: /\bnavigator\s*\??\.\s*serviceWorker\b/,
  })),
];

const sourceFolders = ['core', 'sw', 'app', 'gateway', 'e2e', 'tools'];

/** A name that says nothing invites everything. */
const emptyNames = /^(?:utils?|helpers?|types?|constants?)\./;

/**
 * What is wrong with one file.
 * @param {string} path from the project's folder, with forward slashes
 * @param {string} source
 * @returns {string[]} one sentence each
 */
export function violations(path, source) {
  const found = [];
  if (emptyNames.test(basename(path))) found.push(`${path}: the name does not say what is in it`);
  const { imports, code } = read(path, source);
  for (const rule of rules.filter(({ folder }) => isIn(path, folder))) {
    for (const item of imports) {
      const complaint = judge(rule, item, path.includes('.test.'));
      if (complaint) found.push(`${path}: ${rule.folder} ${complaint}`);
    }
    const mention = rule.neverMentions?.exec(code)?.[0];
    if (mention) found.push(`${path}: ${rule.folder} must not use ${mention}`);
  }
  return found;
}

/**
 * @typedef {object} Import
 * @property {string} target a path in the project, or a package
 * @property {boolean} isLocal
 * @property {boolean} isType nothing of it is left when the file runs
 */

/** @param {Rule} rule @param {Import} item @param {boolean} isTest */
function judge(rule, { target, isLocal, isType }, isTest) {
  if (rule.never?.some((never) => isIn(target, never))) return `must not import ${target}`;
  if (!isLocal) {
    const allowed = !rule.packages || isTest || rule.packages.some((name) => isIn(target, name));
    return allowed ? undefined : `must not import the package ${target}`;
  }
  if (isIn(target, rule.folder) || !rule.folders) return undefined;
  if (rule.folders.some((folder) => isIn(target, folder))) return undefined;
  if (!rule.typesFrom?.some((folder) => isIn(target, folder))) return `must not import ${target}`;
  return isType ? undefined : `may only \`import type\` from ${target}`;
}

/** @param {string} path @param {string} source */
function read(path, source) {
  const { module, comments, errors } = parseSync(path, source);
  // The type checker says more about it; but a file that cannot be read must not pass unseen.
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`);
  const code = withoutComments(source, comments);
  /** @type {Import[]} */
  const imports = [];
  /** @param {string} address @param {boolean} isType */
  const add = (address, isType) => {
    const isLocal = address.startsWith('.');
    const target = isLocal ? posix.join(posix.dirname(path), address) : address;
    imports.push({ target, isLocal, isType });
  };
  for (const { moduleRequest, entries } of module.staticImports) {
    add(moduleRequest.value, entries.length > 0 && entries.every((entry) => entry.isType));
  }
  for (const { moduleRequest, isType } of module.staticExports.flatMap(({ entries }) => entries)) {
    if (moduleRequest) add(moduleRequest.value, isType);
  }
  // `import()` is code, or a type; the parser's record has only the code, so both count as code.
  for (const match of code.matchAll(/\bimport\s*\(\s*(['"`])(.+?)\1/g)) add(match[2] ?? '', false);
  return { imports, code };
}

/** @param {string} source @param {{ start: number, end: number }[]} comments */
function withoutComments(source, comments) {
  let code = '';
  let from = 0;
  for (const { start, end } of comments) {
    code += source.slice(from, start);
    from = end;
  }
  return code + source.slice(from);
}

/** @param {string} path @param {string} folder a folder, a file or a package */
function isIn(path, folder) {
  return path === folder || path.startsWith(`${folder}/`);
}

function sourceFiles() {
  return sourceFolders
    .flatMap((folder) =>
      readdirSync(join(projectFolder, folder), { recursive: true, encoding: 'utf8' }).map((path) =>
        posix.join(folder, path.replaceAll('\\', '/')),
      ),
    )
    .filter((path) => /\.m?[jt]s$/.test(path));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const files = sourceFiles();
  const found = files.flatMap((path) =>
    violations(path, readFileSync(join(projectFolder, path), 'utf8')),
  );
  for (const sentence of found) console.error(sentence);
  console.log(`${files.length} files, ${found.length} imports or names out of bounds`);
  process.exitCode = found.length === 0 ? 0 : 1;
}
