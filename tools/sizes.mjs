// @ts-check
// Holds the build to what the README promises a first visit costs.
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { parseSync } from 'vite';
import { projectFolder } from './steps.mjs';

const FIRST_LOAD_LIMIT_BYTES = 45 * 1024;
const WORKER_LIMIT_BYTES = 30 * 1024;

/**
 * The scripts and styles that a first visit fetches before the start page is all there: what the
 * document names, and what those scripts import statically. Dynamic imports come later.
 * @param {(path: string) => string} read reads a file of the built app by its path in it
 * @returns {string[]} paths in the app, sorted
 */
export function firstLoadFiles(read) {
  const tags = read('index.html').match(/<(?:script|link)\b[^>]*>/g) ?? [];
  const waiting = tags
    .filter((tag) => tag.startsWith('<script') || /rel="?(?:stylesheet|modulepreload)\b/.test(tag))
    .map((tag) => /\b(?:src|href)="?([^"\s>]+)/.exec(tag)?.[1])
    .filter((address) => address !== undefined)
    .map((address) => posix.normalize(address.replace(/^\//, '')));
  /** @type {Set<string>} */
  const files = new Set();
  for (const path of waiting) {
    if (files.has(path)) continue;
    files.add(path);
    if (path.endsWith('.js')) waiting.push(...staticImports(path, read(path)));
  }
  return [...files].sort();
}

/** @param {string} path @param {string} source */
function staticImports(path, source) {
  const { module } = parseSync(path, source);
  const requests = [
    ...module.staticImports.map((statement) => statement.moduleRequest),
    ...module.staticExports.flatMap((statement) =>
      statement.entries.map((entry) => entry.moduleRequest),
    ),
  ];
  return requests
    .filter((request) => request != null)
    .map((request) => posix.join(posix.dirname(path), request.value));
}

/** @param {number} sizeBytes */
function kibibytes(sizeBytes) {
  return `${(sizeBytes / 1024).toFixed(1)} KB`;
}

/** @param {string} what @param {string[]} paths @param {number} limitBytes @param {string} folder */
function holds(what, paths, limitBytes, folder) {
  const sizes = paths.map((path) => gzipSync(readFileSync(join(folder, path))).length);
  const sum = sizes.reduce((total, size) => total + size, 0);
  const verdict = sum <= limitBytes ? 'fits in' : 'IS MORE THAN';
  console.log(`${what}: ${kibibytes(sum)} gz ${verdict} ${kibibytes(limitBytes)}`);
  paths.forEach((path, index) => {
    console.log(`  ${kibibytes(sizes[index] ?? 0).padStart(8)}  ${path}`);
  });
  return sum <= limitBytes;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = join(projectFolder, 'dist', 'app');
  const first = firstLoadFiles((path) => readFileSync(join(folder, path), 'utf8'));
  const held = [
    holds('First load of the start page', first, FIRST_LOAD_LIMIT_BYTES, folder),
    holds('Service worker', ['sw.js'], WORKER_LIMIT_BYTES, folder),
  ];
  process.exitCode = held.every(Boolean) ? 0 : 1;
}
