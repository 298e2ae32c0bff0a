import {
  covering,
  entityOf,
  type Mutation,
  type OutboxEntry,
  superseded,
} from '../model/outbox.ts';
import type { Podcast } from '../model/podcast.ts';
import { NO_TRIES } from '../model/waiting.ts';
import type { Database } from './database.ts';

/** Oldest first. */
export async function listOutbox(db: Database): Promise<OutboxEntry[]> {
  // A page opens whatever version is there: it may be newer than the database of an old worker.
  return db.objectStoreNames.contains('outbox') ? db.getAll('outbox') : [];
}

/**
 * Accepts a mutation, in one strict transaction, together with the podcast that it is about where
 * that is new: from then on it is kept until it is done. One that is covered by a row that was never
 * sent adds none, and one that was refused before makes way for it.
 */
export async function acceptMutation(
  db: Database,
  mutation: Mutation,
  {
    idempotencyKey,
    now,
    podcast,
  }: { idempotencyKey: string; now: number; podcast?: Podcast | undefined },
): Promise<void> {
  const tx = db.transaction(['outbox', 'podcasts'], 'readwrite', { durability: 'strict' });
  const outbox = tx.objectStore('outbox');
  const podcasts = tx.objectStore('podcasts');
  if (podcast && !(await podcasts.getKey(podcast.id))) await podcasts.put(podcast);
  const entries = await outbox.getAll();
  const old = superseded(entries, mutation);
  for (const { sequence } of old) await outbox.delete(sequence);
  const rest = entries.filter((entry) => !old.includes(entry));
  if (!covering(rest, mutation)) {
    // The store counts: a key is never given twice.
    await outbox.add({
      idempotencyKey,
      entity: entityOf(mutation),
      // A podcast that was never read is still to be subscribed to.
      mutation: old.find(({ mutation: { kind } }) => kind === 'subscribe')?.mutation ?? mutation,
      acceptedAt: now,
      state: 'waiting',
      epoch: 0,
      leaseOwner: undefined,
      tries: NO_TRIES,
      failure: undefined,
    } as OutboxEntry);
  }
  await tx.done;
}

/**
 * Takes the lease of an entry that waits, as it was read a moment ago. Resolves with it under its new
 * epoch; `undefined` where it is gone, or somebody has taken it since.
 */
export async function leaseEntry(
  db: Database,
  { sequence, epoch }: Pick<OutboxEntry, 'sequence' | 'epoch'>,
  owner: string,
): Promise<OutboxEntry | undefined> {
  const tx = db.transaction('outbox', 'readwrite', { durability: 'strict' });
  const entry = await tx.store.get(sequence);
  if (entry?.state !== 'waiting' || entry.epoch !== epoch) {
    await tx.done;
    return undefined;
  }
  const leased = { ...entry, leaseOwner: owner, epoch: epoch + 1 };
  await tx.store.put(leased);
  await tx.done;
  return leased;
}

/** What a try makes of its entry: done and gone, or changed. */
export type TryEnding = 'done' | Pick<OutboxEntry, 'state' | 'tries' | 'failure'>;

/**
 * Ends a try on behalf of the holder of `epoch`: the entry is done and goes, or changes. A stranger
 * changes nothing.
 */
export async function endTry(
  db: Database,
  { sequence, epoch }: Pick<OutboxEntry, 'sequence' | 'epoch'>,
  ending: TryEnding,
): Promise<void> {
  const tx = db.transaction('outbox', 'readwrite', { durability: 'strict' });
  const entry = await tx.store.get(sequence);
  if (entry?.epoch === epoch) {
    if (ending === 'done') await tx.store.delete(sequence);
    else await tx.store.put({ ...entry, ...ending, leaseOwner: undefined });
  }
  await tx.done;
}

/** The user wants it tried again: what was before does not count. One that is gone stays gone. */
export async function retryEntry(db: Database, sequence: number): Promise<void> {
  const tx = db.transaction('outbox', 'readwrite', { durability: 'strict' });
  const entry = await tx.store.get(sequence);
  if (entry) await tx.store.put({ ...entry, state: 'waiting', tries: NO_TRIES });
  await tx.done;
}

export function getEntry(db: Database, sequence: number): Promise<OutboxEntry | undefined> {
  return db.get('outbox', sequence);
}

/** The user does not want it any more: a try under way finds its row gone. */
export async function discardEntry(db: Database, sequence: number): Promise<void> {
  const tx = db.transaction('outbox', 'readwrite', { durability: 'strict' });
  await tx.store.delete(sequence);
  await tx.done;
}

/**
 * Removes these: what they asked for is done already. What was accepted since stays, and so does what is on
 * its way: who delivers it removes it.
 */
export async function discardEntries(db: Database, entries: readonly OutboxEntry[]): Promise<void> {
  const tx = db.transaction('outbox', 'readwrite', { durability: 'strict' });
  for (const { sequence } of entries) {
    const entry = await tx.store.get(sequence);
    if (entry && entry.leaseOwner === undefined) await tx.store.delete(sequence);
  }
  await tx.done;
}

/** What is kept about an entity. */
export async function listEntriesOf(db: Database, entity: string): Promise<OutboxEntry[]> {
  return (await listOutbox(db)).filter((entry) => entry.entity === entity);
}
