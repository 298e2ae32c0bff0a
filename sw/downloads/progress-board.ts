import type { DownloadProgress } from '../../core/contract/streams.ts';
import type { EpisodeId } from '../../core/model/ids.ts';

/**
 * What engines say about bytes under way. Memory only, and a hint only: the journal is the truth,
 * and a new worker starts with an empty board.
 */
export class ProgressBoard {
  /** Called after every change; set by the stream that shows the board. */
  onChange: () => void = () => undefined;
  private readonly entries = new Map<EpisodeId, DownloadProgress>();
  private readonly now: () => number;
  private movedAt: number;

  constructor(now: () => number) {
    this.now = now;
    this.movedAt = now();
  }

  /** For how long no download has moved, in ms; counted from the start of this worker's life. */
  get stillForMs(): number {
    // Before a clock that was set back has come to where it was, years may go by: it counts from now.
    this.movedAt = Math.min(this.movedAt, this.now());
    return this.now() - this.movedAt;
  }

  report(progress: DownloadProgress): void {
    const before = this.entries.get(progress.episodeId);
    if (before?.receivedBytes !== progress.receivedBytes) this.movedAt = this.now();
    this.entries.set(progress.episodeId, progress);
    this.onChange();
  }

  clear(episodeId: EpisodeId): void {
    if (this.entries.delete(episodeId)) this.onChange();
  }

  snapshot(): DownloadProgress[] {
    return [...this.entries.values()];
  }
}
