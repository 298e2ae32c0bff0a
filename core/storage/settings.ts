import type { Database } from './database.ts';

export function getSetting(db: Database, key: string): Promise<unknown> {
  return db.get('settings', key);
}

export async function putSetting(db: Database, key: string, value: unknown): Promise<void> {
  await db.put('settings', value, key);
}
