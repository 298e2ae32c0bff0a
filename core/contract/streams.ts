import type { EpisodeId } from '../model/ids.ts';

/** Every stream a page can subscribe to. The first message is a snapshot, the next ones changes. */
export interface Streams {
  /** What downloads are doing right now: hints beside the rows, never instead of them. */
  'downloads/progress': { params: Record<string, never>; item: DownloadProgress[] };
}

export interface DownloadProgress {
  episodeId: EpisodeId;
  /** Journaled bytes plus those under way that no row knows yet. */
  receivedBytes: number;
  totalBytes: number | null;
}

export type StreamType = keyof Streams;
export type StreamParams<Type extends StreamType> = Streams[Type]['params'];
export type StreamItem<Type extends StreamType> = Streams[Type]['item'];
