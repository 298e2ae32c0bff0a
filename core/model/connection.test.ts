import { expect, it } from 'vitest';
import { sparesData } from './connection.ts';

it.each([
  [undefined, false],
  [{}, false],
  [{ saveData: false, type: 'wifi' }, false],
  [{ saveData: true }, true],
  [{ saveData: false, type: 'cellular' }, true],
])('with %j it is %s', (connection, spares) => {
  expect(sparesData(connection)).toBe(spares);
});
