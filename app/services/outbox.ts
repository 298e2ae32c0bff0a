import { type Outcome, succeeded } from '../../core/model/failure.ts';
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

  retry(sequence: number): Promise<Outcome<unknown>> {
    return this.after(this.link.send('outbox/retry', { sequence }));
  }

  discard(sequence: number): Promise<Outcome<unknown>> {
    return this.after(this.link.send('outbox/discard', { sequence }));
  }

  private async after(sent: Promise<unknown>): Promise<Outcome<unknown>> {
    const outcome = await sent.then(succeeded, failureBehind);
    this.changed();
    return outcome;
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
