import { expect, it } from 'vitest';
import { mayFetch } from './unmetered.ts';

const cellular = { type: 'cellular' };

it.each([
  [
    'anything goes where nothing was asked for',
    { unmeteredOnly: false, connection: cellular },
    true,
  ],
  ['a mobile network is not used', { unmeteredOnly: true, connection: cellular }, false],
  [
    'nor one on which data is to be saved',
    { unmeteredOnly: true, connection: { saveData: true } },
    false,
  ],
  [
    'a home network is',
    { unmeteredOnly: true, connection: { type: 'wifi', saveData: false } },
    true,
  ],
  ['so is one of which nothing is known', { unmeteredOnly: true, connection: {} }, true],
  ['and one where the browser does not tell', { unmeteredOnly: true, connection: undefined }, true],
])('%s', (_name, rules, may) => {
  expect(mayFetch(rules, { anyway: false, onlyUnmetered: false })).toBe(may);
  expect(mayFetch(rules, { anyway: true, onlyUnmetered: false })).toBe(true);
});

it.each([
  ['a mobile network is not used', cellular, false],
  ['a home network is', { type: 'wifi' }, true],
  ['so is one of which nothing is known', undefined, true],
])('for one that is held to unmetered networks by itself, %s', (_name, connection, may) => {
  const rules = { unmeteredOnly: false, connection };
  expect(mayFetch(rules, { anyway: false, onlyUnmetered: true })).toBe(may);
  expect(mayFetch(rules, { anyway: true, onlyUnmetered: true })).toBe(true);
});
