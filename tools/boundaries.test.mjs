// @ts-check
import { describe, expect, it } from 'vitest';
import { violations } from './boundaries.mjs';

describe('boundaries', () => {
  it.each([
    ['core/model/a.ts', `import { b } from './b.ts';`],
    ['core/model/a.test.ts', `import { it } from 'vitest';`],
    ['core/contract/a.ts', `import type { B } from '../model/b.ts'; import * as v from 'valibot';`],
    ['core/contract/a.ts', `export type { B } from '../model/b.ts';`],
    ['core/contract/a.ts', `import { type B } from '../model/b.ts';`],
    ['core/feed/a.ts', `import sax from 'sax'; import { b } from '../model/b.ts';`],
    ['core/messaging/a.ts', `import { b } from '../contract/b.ts';`],
    ['core/storage/a.ts', `import { openDB } from 'idb';`],
    ['sw/a.ts', `import { b } from '../core/storage/b.ts';`],
    [
      'gateway/a.ts',
      `import { b } from '../core/feed/b.ts'; import { createServer } from 'node:http';`,
    ],
    [
      'app/services/a.ts',
      `import { b } from '../../core/messaging/b.ts'; navigator.serviceWorker;`,
    ],
    ['app/elements/a.ts', `// navigator.serviceWorker is the services' business\nexport {};`],
  ])('let %s say %s', (path, source) => {
    expect(violations(path, source)).toEqual([]);
  });

  it.each([
    ['core/model/a.ts', `import { b } from '../contract/b.ts';`],
    ['core/model/a.ts', `import type { B } from '../contract/b.ts';`],
    ['core/model/a.ts', `import * as v from 'valibot';`],
    ['core/contract/a.ts', `import { b } from '../model/b.ts';`],
    ['core/contract/a.ts', `import { type A, b } from '../model/b.ts';`],
    ['core/contract/a.ts', `export * from '../model/b.ts';`],
    ['core/contract/a.ts', `import '../model/b.ts';`],
    ['core/contract/a.ts', `import type { B } from '../storage/b.ts';`],
    ['core/feed/a.ts', `import { b } from '../contract/b.ts';`],
    ['core/feed/a.ts', `import { readFileSync } from 'node:fs';`],
    ['core/api/a.ts', `import { b } from '../feed/b.ts';`],
    ['core/api/a.ts', `import { Hono } from 'hono';`],
    ['core/messaging/a.ts', `import { b } from '../storage/b.ts';`],
    ['core/messaging/a.ts', `import { openDB } from 'idb';`],
    ['core/storage/a.ts', `import { b } from '../contract/b.ts';`],
    ['core/storage/a.ts', `import { html } from 'lit';`],
    ['core/storage/a.ts', `import { b } from '../../sw/b.ts';`],
    ['sw/a.ts', `import type { B } from '../app/b.ts';`],
    ['sw/a.ts', `type B = import('../app/b.ts').B;`],
    ['app/a.ts', `import type { B } from '../sw/b.ts';`],
    ['app/a.ts', `const b = await import('../sw/b.ts');`],
    ['app/a.ts', `export { b } from '../gateway/b.ts';`],
    ['gateway/a.ts', `import { b } from '../core/storage/b.ts';`],
    ['gateway/a.ts', `import { b } from '../core/contract/b.ts';`],
    ['gateway/a.ts', `import { b } from '../app/b.ts';`],
    ['app/elements/pages/a.ts', `import { openDB } from 'idb';`],
    ['app/elements/a.ts', `import type { B } from '../../core/storage/b.ts';`],
    ['app/controllers/a.ts', `import { b } from '../../core/messaging/b.ts';`],
    ['app/elements/a.ts', `await navigator.serviceWorker.ready;`],
    ['app/controllers/a.ts', `navigator?.serviceWorker;`],
    ['app/a.ts', `import { unsafeHTML } from 'lit/directives/unsafe-html.js';`],
    ['app/elements/a.ts', `unsafeSVG('');`],
    ['app/elements/a.ts', `unsafeStatic('');`],
    ['sw/utils.ts', ``],
    ['core/feed/types.ts', ``],
    ['e2e/support/helper.ts', ``],
    ['app/constants.test.ts', ``],
  ])('do not let %s say %s', (path, source) => {
    expect(violations(path, source)).not.toEqual([]);
  });

  it('say what is wrong', () => {
    expect(violations('core/contract/a.ts', `import { b } from '../model/b.ts';`)).toEqual([
      'core/contract/a.ts: core/contract may only `import type` from core/model/b.ts',
    ]);
  });
});
