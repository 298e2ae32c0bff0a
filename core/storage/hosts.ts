import type { HostVerdict } from '../model/host-verdict.ts';
import type { Database } from './database.ts';

export function getHost(db: Database, host: string): Promise<HostVerdict | undefined> {
  return db.get('hosts', host);
}

export async function listHosts(db: Database): Promise<HostVerdict[]> {
  // A page opens whatever version is there: it may be newer than the database of an old worker.
  return db.objectStoreNames.contains('hosts') ? db.getAll('hosts') : [];
}

export async function putHost(db: Database, verdict: HostVerdict): Promise<void> {
  await db.put('hosts', verdict);
}
