import type { Download } from '../../../core/model/download.ts';
import type { EpisodeId } from '../../../core/model/ids.ts';
import { remainingWaitMs } from '../../../core/model/waiting.ts';
import type { Rows } from './raw-storage.ts';
import type { Happening } from './schedule.ts';

/** How far an episode can have come: a part of it is here; its retry is due; every byte is here. */
export type Moment = 'begun' | 'due' | 'verifying';

interface Awaited {
  episodeId: EpisodeId;
  moment: Moment;
  what: readonly Happening[];
}

/** What is to happen in a moment that comes when it comes: it is too short to be met by chance. */
export class Moments {
  private awaited: Awaited[] = [];

  await(one: Awaited): void {
    this.awaited.push(one);
  }

  /** What happens by these rows, each once, and in how many ms. */
  come(rows: Rows, now: number): { inMs: number; what: readonly Happening[] }[] {
    return this.awaited.flatMap((one) => {
      const row = rows.downloads.find(({ episodeId }) => episodeId === one.episodeId);
      const inMs = row && untilMoment(one.moment, row, rows, now);
      if (inMs === undefined) return [];
      this.awaited = this.awaited.filter((other) => other !== one);
      return [{ inMs, what: one.what }];
    });
  }
}

function untilMoment(
  moment: Moment,
  download: Download,
  { attempts }: Rows,
  now: number,
): number | undefined {
  const { state, attemptId } = download;
  switch (moment) {
    case 'begun': {
      const isThere = attempts.some(({ id, journal }) => id === attemptId && journal.length > 0);
      return isThere && state.kind !== 'committed' ? 0 : undefined;
    }
    case 'due':
      return state.kind === 'paused' && state.reason === 'retry'
        ? remainingWaitMs(download, now)
        : undefined;
    case 'verifying':
      return state.kind === 'verifying' ? 0 : undefined;
  }
}
