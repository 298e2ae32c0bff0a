import type { PodcastId } from '../../../core/model/ids.ts';
import { listPodcasts } from '../../../core/storage/podcasts.ts';
import { refreshSince } from '../refresh-since.ts';
import type { RowReader } from '../row-reader.ts';
import type { WorkerLink } from '../worker-link.ts';

/** A feed may take its 30 s, through the gateway and, without one, directly after that. */
const REFRESH_TIMEOUT_MS = 100_000;

/**
 * Has the worker read feeds again, one after the other. A feed that changes while it waits is read
 * once; one that changes while it is being read is read again.
 */
export class FeedRefresher {
  private readonly reader: RowReader;
  private readonly link: WorkerLink;
  private readonly due = new Set<PodcastId>();
  private isWorking = false;

  constructor(reader: RowReader, link: WorkerLink) {
    this.reader = reader;
    this.link = link;
  }

  /** The address is a key and nothing else: what the worker fetches stands in its row. */
  feedChanged(feedUrl: string): void {
    this.reader
      .read(listPodcasts, [])
      .then((podcasts) => {
        for (const { id } of podcasts.filter((it) => it.feedUrl === feedUrl)) this.due.add(id);
        return this.work();
      })
      .catch((error) => console.warn('a changed feed was not looked up', error));
  }

  /** Nobody can tell what has changed. Feeds read within so many ms are taken to be fresh. */
  lookAgain({ freshMs }: { freshMs: number }): void {
    refreshSince(this.link, Date.now() - freshMs).catch((error) =>
      console.warn('feeds were not looked at again', error),
    );
  }

  private async work(): Promise<void> {
    if (this.isWorking) return;
    this.isWorking = true;
    for (const podcastId of this.due) {
      this.due.delete(podcastId);
      await this.refresh(podcastId);
    }
    this.isWorking = false;
  }

  /** A worker that ends in the middle of it is asked once more; a feed that fails is not. */
  private async refresh(podcastId: PodcastId): Promise<void> {
    const ask = () =>
      this.link.send('podcast/refresh', { podcastId }, { timeoutMs: REFRESH_TIMEOUT_MS });
    await ask()
      .catch(ask)
      .catch((error) => console.warn('a changed feed was not read', error));
  }
}
