import { Connection, type Database, openForReading } from '../../../core/storage/database.ts';
import type { FromIndex, ToIndex } from './index-messages.ts';
import { LibraryIndex } from './library-index.ts';
import { LibraryReader } from './library-reader.ts';

/*
 * A dedicated worker: the index is filled and asked here, so that neither holds the page up. Reads
 * rows, and writes none. It lives as long as the search page, see library-finder.ts.
 */

const PROGRESS_EVERY_MS = 1000;

const index = new LibraryIndex();
const reader = new LibraryReader(index, async () => connection?.get());
/** Changes are looked at one after the other, and after the first reading. */
let reading: Promise<void> = Promise.resolve();
let connection: Connection<Database | undefined> | undefined;

addEventListener('message', ({ data }: MessageEvent<ToIndex>) => {
  switch (data.type) {
    case 'open': {
      const { databaseName } = data;
      connection = new Connection((onClosed) => openForReading(onClosed, databaseName));
      return read(() => reader.readAll(progress()));
    }
    case 'changed':
      return read(() => reader.readChanges());
    case 'find':
      return tell({ type: 'found', id: data.id, finds: index.find(data.typed, data.most) });
  }
});

function read(work: () => Promise<void>): void {
  reading = reading
    // A connection may be closed under us, for a newer version: once more, on a new one.
    .then(() => work().catch(work))
    .then(() => tell({ type: 'read', done: true }))
    .catch((error: unknown) => tell({ type: 'broken', reason: String(error) }));
}

/** Says now and then that more can be found. */
function progress(): () => void {
  let saidAt = 0;
  return () => {
    if (performance.now() - saidAt < PROGRESS_EVERY_MS) return;
    saidAt = performance.now();
    tell({ type: 'read', done: false });
  };
}

function tell(message: FromIndex): void {
  postMessage(message);
}
