import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';

/** Every module that the handlers reach, and every package. */
async function importsOf(entry: URL, seen = new Set<string>()): Promise<Set<string>> {
  if (seen.has(entry.href)) return seen;
  seen.add(entry.href);
  const source = await readFile(entry, 'utf8');
  for (const [, name = ''] of source.matchAll(/^(?:import|export)\b[^;]*?from '([^']+)'/gm)) {
    if (name.startsWith('.')) await importsOf(new URL(name, entry), seen);
    else seen.add(name);
  }
  return seen;
}

it('has handlers that run on any platform: nothing of Node is in them', async () => {
  const modules = [...(await importsOf(new URL('gateway.ts', import.meta.url)))];
  expect(modules.filter((name) => !name.startsWith('file:')).sort()).toEqual([
    'hono',
    'hono/body-limit',
    'hono/compress',
    'hono/ws',
    'ipaddr.js',
    'sax',
    'valibot',
  ]);
  const folders = modules.filter((name) => /\/core\/(?!api|feed|model)/.test(name));
  expect(folders).toEqual([]);
});
