import { receivedBytes } from '../../core/model/attempt.ts';
import type { Download } from '../../core/model/download.ts';
import type { AttemptId } from '../../core/model/ids.ts';
import { getAttempt } from '../../core/storage/attempts.ts';
import type { Database } from '../../core/storage/database.ts';
import { listDownloads } from '../../core/storage/downloads.ts';

/** A download, and what is journaled of its attempt. */
export interface DownloadRow {
  download: Download;
  received: Amount;
}

interface Amount {
  bytes: number;
  totalBytes: number | undefined;
}

/** Reads the downloads again and again, for a page that shows them. */
export class DownloadRows {
  /** Attempts that are committed, and so never change: long journals are read once. */
  private readonly committed = new Map<AttemptId, Amount>();

  async read(db: Database): Promise<DownloadRow[]> {
    const downloads = await listDownloads(db);
    const stored = new Set(downloads.map(({ committedAttemptId }) => committedAttemptId));
    for (const id of this.committed.keys()) if (!stored.has(id)) this.committed.delete(id);
    return Promise.all(
      downloads.map(async (download) => ({
        download,
        received: await this.amountOf(db, download),
      })),
    );
  }

  private async amountOf(
    db: Database,
    { attemptId, committedAttemptId }: Download,
  ): Promise<Amount> {
    const id = committedAttemptId ?? attemptId;
    const known = id && this.committed.get(id);
    if (known) return known;
    const attempt = id && (await getAttempt(db, id));
    if (!attempt) return { bytes: 0, totalBytes: undefined };
    const amount = { bytes: receivedBytes(attempt), totalBytes: attempt.totalBytes };
    if (id === committedAttemptId) this.committed.set(id, amount);
    return amount;
  }
}
