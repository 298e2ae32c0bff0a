import { deleteDB } from 'idb';
import { type Database, openForWriting } from '../database.ts';
import { DATABASE_NAME } from '../schema.ts';

/** The database as a new worker makes it, whatever was there before. */
export async function emptyDatabase(): Promise<Database> {
  await deleteDB(DATABASE_NAME);
  return openForWriting(() => undefined);
}
