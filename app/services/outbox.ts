import type { Mutation } from '../../core/model/outbox.ts';
import type { Database } from '../../core/storage/database.ts';
import { listOutbox } from '../../core/storage/outbox.ts';
import { getPodcast } from '../../core/storage/podcasts.ts';
import type { Outbox, OutboxView } from '../contexts.ts';
import type { DownloadDriver } from './download-driver.ts';
import type { RowReader } from './row-reader.ts';
import { failureBehind, type WorkerLink } from './worker-link.ts';

/** What was accepted without a network, as rows have it. */
export class StoredOutbox extends EventTarget implements Outbox {
  private readonly reader: RowReader;
  private readonly link: WorkerLink;
  private readonly driver: DownloadDriver;

  constructor(reader: RowReader, link: WorkerLink, driver: DownloadDriver) {
    super();
    this.reader = reader;
    this.link = link;
    this.driver = driver;
    link.onBroadcast(({ type }) => {
      if (type === 'outbox/changed') this.changed();
    });
    document.addEventListener('visibilitychange', () => {
      if (!document.hidden) this.changed();
    });
  }

  entries(): Promise<OutboxView[]> {
    return this.reader.read(async (db) => {
      const views: OutboxView[] = [];
      for (const entry of await listOutbox(db)) {
        views.push({ ...entry, about: await nameOf(db, entry.mutation) });
      }
      return views;
    }, []);
  }

  async retry(sequence: number): Promise<void> {
    await this.link.send('outbox/retry', { sequence }).catch(failureBehind);
    this.changed();
  }

  async discard(sequence: number): Promise<void> {
    await this.link.send('outbox/discard', { sequence }).catch(failureBehind);
    this.changed();
  }

  private changed(): void {
    // An open page is one of those that wake what waits.
    this.driver.nudge();
    this.dispatchEvent(new Event('change'));
  }
}

async function nameOf(db: Database, mutation: Mutation): Promise<string> {
  if (mutation.kind === 'search') return `“${mutation.query}”`;
  return (await getPodcast(db, mutation.podcastId))?.title ?? 'a podcast';
}
