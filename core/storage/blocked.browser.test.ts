import { deleteDB, openDB } from 'idb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { DatabaseBlockedError } from '../model/database-blocked.ts';
import { Connection, openForWriting } from './database.ts';
import { DATABASE_VERSION, migrate } from './migrations.ts';
import { DATABASE_NAME, type StowawaySchema } from './schema.ts';

beforeEach(() => deleteDB(DATABASE_NAME));

describe('where a window does not make way for a newer version', () => {
  /** A window of an older version; without `blocking`, a frozen one, which hears of nothing. */
  const olderWindow = (blocking?: () => void) =>
    openDB<StowawaySchema>(DATABASE_NAME, DATABASE_VERSION - 1, {
      upgrade: (db, from, _to, tx) => migrate(db, from, tx, DATABASE_VERSION - 1),
      ...(blocking && { blocking }),
    });

  it('each who asks is told, until it is gone', async () => {
    const window = await olderWindow();
    const connection = new Connection((onClosed) =>
      openForWriting(onClosed, DATABASE_NAME, { blockedMs: 20 }),
    );
    await expect(connection.get()).rejects.toThrow(DatabaseBlockedError);
    await expect(connection.get()).rejects.toThrow(DatabaseBlockedError);
    window.close();
    const db = await vi.waitFor(() => connection.get());
    expect(db.version).toBe(DATABASE_VERSION);
    db.close();
  });

  it('that is so, too, where the browser does not say it', async () => {
    const window = await olderWindow();
    // Whoever stands behind another that is blocked hears nothing at all.
    const first = openDB<StowawaySchema>(DATABASE_NAME, DATABASE_VERSION, {
      upgrade: (db, from, _to, tx) => migrate(db, from, tx),
    });
    const connection = new Connection((onClosed) =>
      openForWriting(onClosed, DATABASE_NAME, { silentMs: 20 }),
    );
    await expect(connection.get()).rejects.toThrow(DatabaseBlockedError);
    window.close();
    (await first).close();
    const db = await vi.waitFor(() => connection.get());
    db.close();
  });

  it('nobody is told of one that makes way a little later', async () => {
    const window = await olderWindow(() => setTimeout(() => window.close()));
    const connection = new Connection(openForWriting);
    const db = await connection.get();
    expect(db.version).toBe(DATABASE_VERSION);
    db.close();
  });
});
