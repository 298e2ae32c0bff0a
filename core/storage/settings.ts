import { DEFAULT_SETTINGS, type Settings, type SettingsChange } from '../model/settings.ts';
import type { Database } from './database.ts';

/** There is one row: settings are read and shown together. */
const KEY = 'app';

/** `undefined` until somebody has decided anything. */
export async function getSettings(db: Database): Promise<Settings | undefined> {
  // A page opens whatever version is there: it may be newer than the database of an old worker.
  if (!db.objectStoreNames.contains('settings')) return undefined;
  const row = await db.get('settings', KEY);
  // What a later version has added is not in the row yet.
  return row && { ...DEFAULT_SETTINGS, ...row };
}

/** Leaves the other settings as they are, in one transaction: two tabs undo nothing of each other. */
export async function changeSettings(db: Database, change: SettingsChange): Promise<void> {
  const tx = db.transaction('settings', 'readwrite', { durability: 'strict' });
  const row = (await tx.store.get(KEY)) ?? DEFAULT_SETTINGS;
  await tx.store.put({ ...row, ...change }, KEY);
  await tx.done;
}
