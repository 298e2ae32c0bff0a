import { deleteDB, type IDBPDatabase, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AttemptId } from '../model/ids.ts';
import { DEFAULT_SETTINGS } from '../model/settings.ts';
import { Connection, type Database, openForReading, openForWriting } from './database.ts';
import { listHosts } from './hosts.ts';
import { DATABASE_VERSION, migrate } from './migrations.ts';
import { countNew } from './new-episodes.ts';
import { DATABASE_NAME, type StowawaySchema } from './schema.ts';
import { getScrubPlace } from './scrub.ts';
import { getSettings } from './settings.ts';
import { listSubscriptions } from './subscriptions.ts';
import { aDownload, anAttempt, anEpisode, aPodcast } from './testing/rows.ts';
import { listWakeUps } from './wake-ups.ts';

const NEWER = DATABASE_VERSION + 1;

const opened: { close(): void }[] = [];

beforeEach(() => deleteDB(DATABASE_NAME));

afterEach(() => {
  for (const connection of opened.splice(0)) connection.close();
});

function keep<T extends { close(): void } | undefined>(connection: T): T {
  if (connection) opened.push(connection);
  return connection;
}

async function existing(): Promise<IDBDatabaseInfo[]> {
  return (await indexedDB.databases()).filter(({ name }) => name === DATABASE_NAME);
}

/** Every store with its key and its indexes, as one line of text each. */
function shapeOf(db: Database): string[] {
  const tx = db.transaction(db.objectStoreNames);
  return [...db.objectStoreNames].map((name) => {
    const store = tx.objectStore(name);
    const indexes = [...store.indexNames].map((it) => `${it}(${store.index(it).keyPath})`);
    return [name, store.keyPath, ...indexes].join(' ');
  });
}

describe('openForWriting', () => {
  it('makes every store out of nothing', async () => {
    const db = keep(await openForWriting(vi.fn()));
    expect(db.version).toBe(DATABASE_VERSION);
    expect(shapeOf(db)).toEqual([
      'attempts id byEpisode(episodeId)',
      'downloads episodeId byPosition(position)',
      'episodes id byArrival(podcastId,arrival) byDate(publishedAt) byPodcast(podcastId,publishedAt)',
      'hosts host',
      'imports address byState(state.kind,position)',
      'kept-files keptIn,address',
      'outbox sequence',
      'playback episodeId',
      'podcasts id',
      'scrub ',
      'searches query',
      'segments attemptId,offsetBytes',
      'settings ',
      'subscriptions podcastId',
      'wake-ups ',
    ]);
  });

  it('keeps what is there', async () => {
    const before = await openForWriting(vi.fn());
    await before.put('downloads', aDownload());
    before.close();
    const after = keep(await openForWriting(vi.fn()));
    expect(await after.getAll('downloads')).toEqual([aDownload()]);
  });

  it('brings a database of version 1 along, with everything in it', async () => {
    const old = await openDB(DATABASE_NAME, 1, {
      upgrade(db) {
        db.createObjectStore('podcasts', { keyPath: 'id' });
        const episodes = db.createObjectStore('episodes', { keyPath: 'id' });
        episodes.createIndex('byPodcast', ['podcastId', 'publishedAt']);
        episodes.createIndex('byDate', 'publishedAt');
        const downloads = db.createObjectStore('downloads', { keyPath: 'episodeId' });
        downloads.createIndex('byPosition', 'position');
        const attempts = db.createObjectStore('attempts', { keyPath: 'id' });
        attempts.createIndex('byEpisode', 'episodeId');
        db.createObjectStore('segments', { keyPath: ['attemptId', 'offsetBytes'] });
        db.createObjectStore('playback', { keyPath: 'episodeId' });
      },
    });
    await old.put('podcasts', aPodcast());
    await old.put('episodes', anEpisode());
    await old.put('downloads', aDownload());
    await old.put('attempts', anAttempt());
    await old.put('segments', { attemptId: 'attempt', offsetBytes: 0, blob: new Blob(['audio']) });
    await old.put('playback', { episodeId: 'episode', positionS: 5, savedAt: 1 });
    old.close();

    const db = keep(await openForWriting(vi.fn()));
    expect(shapeOf(db)).toHaveLength(15);
    expect(await db.getAll('podcasts')).toEqual([aPodcast()]);
    expect(await db.getAll('episodes')).toEqual([anEpisode()]);
    expect(await db.getAllFromIndex('downloads', 'byPosition')).toEqual([aDownload()]);
    expect(await db.getAll('attempts')).toEqual([anAttempt()]);
    expect(await (await db.getAll('segments'))[0]?.blob.text()).toBe('audio');
    expect(await db.getAll('playback')).toMatchObject([{ positionS: 5 }]);
    expect(await getSettings(db)).toBeUndefined();
    expect(await listWakeUps(db)).toEqual([]);
    expect(await db.getAll('kept-files')).toEqual([]);
    expect((await listSubscriptions(db)).size).toBe(0);
    expect((await countNew(db)).size).toBe(0);
    expect(await db.getAll('searches')).toEqual([]);
  });

  it('brings a database of version 3 along, with everything in it', async () => {
    const old = await openDB<StowawaySchema>(DATABASE_NAME, 3, {
      upgrade: (db, oldVersion, _newVersion, tx) => migrate(db, oldVersion, tx, 3),
    });
    expect([...old.objectStoreNames]).not.toContain('hosts');
    await old.put('downloads', aDownload({ state: { kind: 'committed' } }));
    await old.put('attempts', anAttempt());
    await old.put('segments', {
      attemptId: 'attempt' as AttemptId,
      offsetBytes: 0,
      blob: new Blob(['audio']),
    });
    await old.put('settings', DEFAULT_SETTINGS, 'app');
    const file = {
      keptIn: 'artwork',
      address: 'a',
      sizeBytes: 1,
      usedAt: 1,
      checkedAt: 1,
    } as const;
    await old.put('kept-files', file);
    expect(await listHosts(old)).toEqual([]);
    old.close();

    const db = keep(await openForWriting(vi.fn()));
    expect(shapeOf(db)).toHaveLength(15);
    expect(await db.getAll('downloads')).toEqual([aDownload({ state: { kind: 'committed' } })]);
    expect(await db.getAll('attempts')).toEqual([anAttempt()]);
    expect(await (await db.getAll('segments'))[0]?.blob.text()).toBe('audio');
    expect(await getSettings(db)).toEqual(DEFAULT_SETTINGS);
    expect(await db.getAll('kept-files')).toEqual([file]);
    expect(await listHosts(db)).toEqual([]);
    expect(await getScrubPlace(db)).toBeUndefined();
  });

  it('has no half-made database behind it when it was killed half-way', async () => {
    const killed = openDB<StowawaySchema>(DATABASE_NAME, DATABASE_VERSION, {
      upgrade(db, oldVersion, _newVersion, tx) {
        migrate(db, oldVersion, tx);
        tx.done.catch(() => undefined);
        tx.abort();
      },
    });
    await expect(killed).rejects.toThrow();
    expect(await existing()).toEqual([]);
    const db = keep(await openForWriting(vi.fn()));
    expect(shapeOf(db)).toHaveLength(15);
  });

  it('refuses a database from the future, and leaves it alone', async () => {
    (await openDB(DATABASE_NAME, NEWER)).close();
    await expect(openForWriting(vi.fn())).rejects.toThrow(/version/);
    expect(await existing()).toMatchObject([{ version: NEWER }]);
  });
});

describe('openForReading', () => {
  it('finds nothing where the worker has not made a database, and makes none', async () => {
    expect(await openForReading(vi.fn())).toBeUndefined();
    expect(await existing()).toEqual([]);
  });

  it('leaves the making to the worker', async () => {
    await openForReading(vi.fn());
    const db = keep(await openForWriting(vi.fn()));
    expect(shapeOf(db)).toHaveLength(15);
    const page = keep(await openForReading(vi.fn()));
    expect(await page?.getAll('downloads')).toEqual([]);
  });

  it('opens whatever version is there', async () => {
    (await openDB(DATABASE_NAME, NEWER)).close();
    const db = keep(await openForReading(vi.fn()));
    expect(db?.version).toBe(NEWER);
  });
});

describe.each([
  ['a writer', openForWriting],
  ['a reader', openForReading],
])('%s', (_name, open) => {
  it('steps aside for a newer version at once', async () => {
    keep(await openForWriting(vi.fn()));
    const onClosed = vi.fn();
    keep(await open(onClosed));
    const blocked = vi.fn();
    const newer: IDBPDatabase = keep(await openDB(DATABASE_NAME, NEWER, { blocked }));
    expect(newer.version).toBe(NEWER);
    expect(blocked).not.toHaveBeenCalled();
    expect(onClosed).toHaveBeenCalledOnce();
  });
});

describe('a connection', () => {
  it('is opened once, when it is first needed, for all who need it', async () => {
    const open = vi.fn(openForWriting);
    const connection = new Connection(open);
    expect(open).not.toHaveBeenCalled();
    const [one, two] = await Promise.all([connection.get(), connection.get()]);
    expect(keep(one)).toBe(two);
    expect(open).toHaveBeenCalledOnce();
  });

  it('is opened again after it was closed', async () => {
    const connection = new Connection(openForWriting);
    const first = keep(await connection.get());
    await deleteDB(DATABASE_NAME);
    const second = keep(await connection.get());
    expect(second).not.toBe(first);
    expect(await second.getAll('downloads')).toEqual([]);
  });

  it('looks again for a database that was not there', async () => {
    const connection = new Connection(openForReading);
    expect(await connection.get()).toBeUndefined();
    keep(await openForWriting(vi.fn()));
    expect(keep(await connection.get())).toBeDefined();
  });

  it('tries again after it could not be opened', async () => {
    const open = vi.fn(openForWriting).mockRejectedValueOnce(new Error('disk'));
    const connection = new Connection(open);
    await expect(connection.get()).rejects.toThrow('disk');
    expect(keep(await connection.get()).version).toBe(DATABASE_VERSION);
  });
});
