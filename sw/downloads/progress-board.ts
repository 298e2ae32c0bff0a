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

  report(progress: DownloadProgress): void {
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
