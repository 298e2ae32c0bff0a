import type { DirectoryResult, DirectorySearch } from '../model/directory-search.ts';
import type { Failure } from '../model/failure.ts';
import type { PodcastId } from '../model/ids.ts';
import type { Database } from './database.ts';

/** More are not looked at again. The oldest question goes first. */
const MOST_SEARCHES = 50;

export async function getSearch(db: Database, query: string): Promise<DirectorySearch | undefined> {
  // A page opens whatever version is there: it may be newer than the database of an old worker.
  if (!db.objectStoreNames.contains('searches')) return undefined;
  return db.get('searches', query);
}

/** What was found before stays until there is something newer. */
export async function noteAsked(db: Database, query: string, askedAt: number): Promise<void> {
  const tx = db.transaction('searches', 'readwrite', { durability: 'strict' });
  const before = (await tx.store.get(query)) ?? { query, answeredAt: undefined, results: [] };
  await tx.store.put({ ...before, askedAt, failure: undefined });
  const all = await tx.store.getAll();
  const oldestFirst = all.sort((one, other) => one.askedAt - other.askedAt);
  const excess = oldestFirst.filter((row) => row.query !== query).slice(0, -(MOST_SEARCHES - 1));
  for (const row of excess) await tx.store.delete(row.query);
  await tx.done;
}

/** Writes nothing for a question that has been forgotten meanwhile. */
export async function noteAnswered(
  db: Database,
  query: string,
  answer: Pick<DirectorySearch, 'answeredAt' | 'results'> | { failure: Failure },
): Promise<void> {
  await change(db, query, (row) => {
    if ('failure' in answer) return { ...row, ...answer };
    const known = new Map(row.results.map(({ id, subscribedAs }) => [id, subscribedAs]));
    const results = answer.results.map((result) => ({
      ...result,
      subscribedAs: result.subscribedAs ?? known.get(result.id),
    }));
    return { ...row, ...answer, results, failure: undefined };
  });
}

export async function noteSubscribed(
  db: Database,
  query: string,
  id: PodcastId,
  subscribedAs: PodcastId,
): Promise<void> {
  const mark = (result: DirectoryResult) =>
    result.id === id ? { ...result, subscribedAs } : result;
  await change(db, query, (row) => ({ ...row, results: row.results.map(mark) }));
}

async function change(
  db: Database,
  query: string,
  next: (row: DirectorySearch) => DirectorySearch,
): Promise<void> {
  const tx = db.transaction('searches', 'readwrite', { durability: 'strict' });
  const row = await tx.store.get(query);
  if (row) await tx.store.put(next(row));
  await tx.done;
}
