import type { IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import type { StowawaySchema } from './schema.ts';

type UpgradeTransaction = IDBPTransaction<
  StowawaySchema,
  StoreNames<StowawaySchema>[],
  'versionchange'
>;

/**
 * One step per version, append-only: a released step is never edited, and none drops what a user
 * has put in. IndexedDB runs all steps of an upgrade in one transaction, so a migration killed
 * half-way leaves the old schema.
 */
const steps: ((db: IDBPDatabase<StowawaySchema>, tx: UpgradeTransaction) => void)[] = [
  function createStores(db) {
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
  function addSettingsAndWakeUps(db) {
    db.createObjectStore('settings');
    db.createObjectStore('wake-ups', { autoIncrement: true });
  },
  function countKeptFiles(db) {
    db.createObjectStore('kept-files', { keyPath: ['keptIn', 'address'] });
  },
  function addOutbox(db) {
    db.createObjectStore('outbox', { keyPath: 'sequence', autoIncrement: true });
  },
  function keepSearches(db) {
    db.createObjectStore('searches', { keyPath: 'query' });
  },
  function addHostsAndScrub(db) {
    db.createObjectStore('hosts', { keyPath: 'host' });
    db.createObjectStore('scrub');
  },
  function listImports(db) {
    const imports = db.createObjectStore('imports', { keyPath: 'address' });
    imports.createIndex('byState', ['state.kind', 'position']);
  },
  function followArrivals(db, tx) {
    db.createObjectStore('subscriptions', { keyPath: 'podcastId' });
    tx.objectStore('episodes').createIndex('byArrival', ['podcastId', 'arrival']);
  },
];

/** Marked, so that a page, which opens whatever version is there, leaves the steps out. */
export const DATABASE_VERSION = /* @__PURE__ */ countOf(steps);

function countOf(all: readonly unknown[]): number {
  return all.length;
}

export function migrate(
  db: IDBPDatabase<StowawaySchema>,
  oldVersion: number,
  tx: UpgradeTransaction,
  newVersion = DATABASE_VERSION,
): void {
  for (const step of steps.slice(oldVersion, newVersion)) step(db, tx);
}
