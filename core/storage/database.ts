import { type IDBPDatabase, openDB } from 'idb';
import { DatabaseBlockedError } from '../model/database-blocked.ts';
import { DATABASE_VERSION, migrate } from './migrations.ts';
import { DATABASE_NAME, type StowawaySchema } from './schema.ts';

export type Database = IDBPDatabase<StowawaySchema>;

/** Windows that live make way at once. One that has not by then is frozen, or hangs. */
const BLOCKED_MS = 5_000;
/**
 * Firefox does not always say that it is blocked: not where one window made way and another did not, nor to
 * who asks while somebody else waits (seen in 140). Nothing else takes so long before it begins.
 */
const SILENT_MS = 15_000;

/**
 * A connection that opens when it is first needed, and again when the old one has died (the browser
 * may close it at any time) or has made way for a newer version.
 */
export class Connection<Opened extends Database | undefined> {
  private opened: Promise<Opened> | undefined;
  private readonly open: (onClosed: () => void) => Promise<Opened>;

  constructor(open: (onClosed: () => void) => Promise<Opened>) {
    this.open = open;
  }

  async get(): Promise<Opened> {
    this.opened ??= this.open(() => {
      this.opened = undefined;
    });
    try {
      const database = await this.opened;
      // Nothing there yet: look again next time.
      if (!database) this.opened = undefined;
      return database;
    } catch (error) {
      const again = () => {
        this.opened = undefined;
      };
      // Until then another try would only queue behind this one, without a word.
      if (error instanceof DatabaseBlockedError) error.over.then(again, again);
      else again();
      throw error;
    }
  }
}

/**
 * For the worker: creates the database and migrates it. Only the activated worker may call it. Rejects
 * with `DatabaseBlockedError` where another window does not make way for so many ms.
 */
export async function openForWriting(
  onClosed: () => void,
  name = DATABASE_NAME,
  { blockedMs = BLOCKED_MS, silentMs = SILENT_MS } = {},
): Promise<Database> {
  let giveUp: () => void = () => undefined;
  const tooLong = new Promise<never>((_resolve, reject) => {
    giveUp = () => {
      // Nobody waits for this one any more; the next who asks opens another.
      const over = opening.then((database) => database.close());
      over.catch(() => undefined);
      reject(new DatabaseBlockedError(over));
    };
  });
  let timer = setTimeout(() => giveUp(), silentMs);
  const opening = openDB<StowawaySchema>(name, DATABASE_VERSION, {
    upgrade: (db, oldVersion, _newVersion, tx) => {
      clearTimeout(timer);
      return migrate(db, oldVersion, tx);
    },
    blocking: (_current, _blocked, event) => release(event, onClosed),
    blocked: () => {
      clearTimeout(timer);
      timer = setTimeout(() => giveUp(), blockedMs);
    },
    terminated: onClosed,
  });
  try {
    return await Promise.race([opening, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * For pages: opens whatever version is there. `undefined` where the worker has not made the
 * database yet; a page never creates it.
 */
export async function openForReading(
  onClosed: () => void,
  name = DATABASE_NAME,
): Promise<Database | undefined> {
  let missing = false;
  try {
    return await openDB<StowawaySchema>(name, undefined, {
      upgrade: (_db, _oldVersion, _newVersion, tx) => {
        // An open without a version creates an empty database. Undo that.
        missing = true;
        tx.abort();
        tx.done.catch(() => undefined);
      },
      blocking: (_current, _blocked, event) => release(event, onClosed),
      terminated: onClosed,
    });
  } catch (error) {
    if (missing) return undefined;
    throw error;
  }
}

/** Steps aside for a newer version at once: holding on would block its migration. */
function release(event: IDBVersionChangeEvent, onClosed: () => void): void {
  if (event.target instanceof IDBDatabase) event.target.close();
  onClosed();
}
