import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const text = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const doc = text('docs/messages.md').split('\n## Every message\n')[1] ?? '';
/** The first cells of all tables: names between backticks. */
const documented = new Set(
  [...doc.matchAll(/^\| (`[^|]+`) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
  ),
);

/** Everything that is quoted in a source like the names of this kind. */
function namesIn(sources: readonly string[], pattern: RegExp): string[] {
  return [
    ...new Set(sources.flatMap((source) => [...source.matchAll(pattern)].map(([, it]) => it))),
  ]
    .filter((name) => name !== undefined)
    .sort();
}

const contract = readdirSync(new URL('.', import.meta.url))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => text(`core/contract/${file}`));
const named = namesIn(contract, /'([a-z-]+\/[a-z-]+)'/g);
const others = namesIn(
  [text('core/api/live.ts'), text('app/services/library-search/index-messages.ts')],
  /type: (?:v\.literal\()?'([a-z-]+)'/g,
);

describe('docs/messages.md', () => {
  it('knows what it is held against', () => {
    expect(named.length).toBeGreaterThan(50);
    expect(others).toEqual(expect.arrayContaining(['hello', 'position', 'find', 'broken']));
  });

  it.each([...named, ...others, 'CACHE_UPDATED'])('has a line for %s', (name) => {
    expect(documented).toContain(name);
  });

  it('has no line for what nobody says', () => {
    const said = new Set([...named, ...others, 'CACHE_UPDATED']);
    expect([...documented].filter((name) => name === undefined || !said.has(name))).toEqual([]);
  });
});
