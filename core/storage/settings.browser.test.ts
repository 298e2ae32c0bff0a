import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '../model/settings.ts';
import { type Database, openForReading } from './database.ts';
import { DATABASE_NAME } from './schema.ts';
import { changeSettings, getSettings } from './settings.ts';
import { emptyDatabase } from './testing/empty-database.ts';
import { listWakeUps } from './wake-ups.ts';

let db: Database;

beforeEach(async () => {
  db = await emptyDatabase();
});

afterEach(() => db.close());

it('are nothing until somebody decides, and then complete', async () => {
  expect(await getSettings(db)).toBeUndefined();
  await changeSettings(db, { theme: 'dark' });
  expect(await getSettings(db)).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark' });
});

it('of two tabs that decide at the same time are both kept', async () => {
  await Promise.all([
    changeSettings(db, { theme: 'light' }),
    changeSettings(db, { notifyFinished: true }),
  ]);
  expect(await getSettings(db)).toEqual({
    ...DEFAULT_SETTINGS,
    theme: 'light',
    notifyFinished: true,
  });
});

it('of an earlier version get what has been added since', async () => {
  // As a version before notifications would have written it.
  await db.put('settings', { theme: 'dark' } as never, 'app');
  expect(await getSettings(db)).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark' });
});

it('are not missed by a page that is newer than the database of an old worker', async () => {
  db.close();
  await deleteDB(DATABASE_NAME);
  (await openDB(DATABASE_NAME, 1)).close();
  const page = await openForReading(vi.fn());
  if (!page) throw new Error('there is a database');
  db = page;
  expect(await getSettings(page)).toBeUndefined();
  expect(await listWakeUps(page)).toEqual([]);
});
