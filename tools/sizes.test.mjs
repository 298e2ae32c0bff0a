// @ts-check
import { expect, it } from 'vitest';
import { firstLoadFiles } from './sizes.mjs';

it('counts what the document names and what that imports, but nothing that comes later', () => {
  /** @type {Record<string, string>} */
  const built = {
    'index.html': `
      <link rel="icon" href="/icon.svg"><link rel="manifest" href="/manifest.webmanifest">
      <link rel="modulepreload" crossorigin href="/assets/preloaded.js">
      <link rel="stylesheet" crossorigin href="/assets/main.css">
      <script type="module" crossorigin src="/assets/main.js"></script>`,
    'assets/main.js': `import{a as b}from"./shared.js";import"./side.js";import("./later.js");b()`,
    'assets/shared.js': `export*from"./deep.js";export{c}from"./main.js"`,
    'assets/side.js': `const text='import"./not-me.js"'`,
    'assets/deep.js': '',
    'assets/preloaded.js': '',
  };
  expect(firstLoadFiles((path) => built[path] ?? '')).toEqual([
    'assets/deep.js',
    'assets/main.css',
    'assets/main.js',
    'assets/preloaded.js',
    'assets/shared.js',
    'assets/side.js',
  ]);
});
