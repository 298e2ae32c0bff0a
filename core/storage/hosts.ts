import type { HostVerdict } from '../model/host-verdict.ts';
import type { Database } from './database.ts';

/** So many are remembered; the oldest go first. */
const MAX_HOSTS = 500;

export function getHost(db: Database, host: string): Promise<HostVerdict | undefined> {
  return db.get('hosts', host);
}

export async function listHosts(db: Database): Promise<HostVerdict[]> {
  // A page opens whatever version is there: it may be newer than the database of an old worker.
  return db.objectStoreNames.contains('hosts') ? db.getAll('hosts') : [];
}

export async function putHost(db: Database, verdict: HostVerdict): Promise<void> {
  const tx = db.transaction('hosts', 'readwrite');
  await tx.store.put(verdict);
  if ((await tx.store.count()) > MAX_HOSTS) {
    const all = await tx.store.getAll();
    const oldest = all.sort((a, b) => a.judgedAt - b.judgedAt).slice(0, all.length - MAX_HOSTS);
    for (const { host } of oldest) await tx.store.delete(host);
  }
  await tx.done;
}
