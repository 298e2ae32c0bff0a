// @ts-check
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { MUTANT_GROUPS } from './mutant-list.mjs';
import { projectFolder } from './steps.mjs';

it.each(MUTANT_GROUPS)(
  'the mistakes in $file can still be made there, each in one place',
  (group) => {
    const source = readFileSync(join(projectFolder, group.file), 'utf8');
    const places = group.mutants.map(([from]) => [from, source.split(from).length - 1]);
    expect(places.filter(([, count]) => count !== 1)).toEqual([]);
  },
);
