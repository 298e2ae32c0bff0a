import { Connection, type Database, openForReading } from '../../core/storage/database.ts';
import { databaseNameFor } from '../../core/storage/schema.ts';

/**
 * Reads rows for a page. Until the worker has made the database there is nothing to read, and the
 * answer is what an empty library would give.
 */
export class RowReader {
  private readonly connection = new Connection<Database | undefined>((onClosed) =>
    openForReading(onClosed, databaseNameFor(new URL('.', document.baseURI).href)),
  );

  async read<T>(query: (db: Database) => Promise<T>, empty: T): Promise<T> {
    const db = await this.connection.get();
    if (!db) return empty;
    try {
      return await query(db);
    } catch (error) {
      if (!isClosed(error)) throw error;
      // Closed under us, by the browser or for a migration: once more, on a new connection.
      const reopened = await this.connection.get();
      return reopened ? query(reopened) : empty;
    }
  }
}

function isClosed(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'InvalidStateError';
}
