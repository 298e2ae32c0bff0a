import type { Download } from '../../../core/model/download.ts';
import type { EpisodeId } from '../../../core/model/ids.ts';
import { remainingWaitMs } from '../../../core/model/waiting.ts';
import type { Rows } from './raw-storage.ts';
import type { Happening } from './schedule.ts';

/** How far an episode can have come: a part of it is here; a step goes on with it; every byte is here. */
export type Moment = 'begun' | 'retried' | 'verifying';

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

  /**
   * What happens now, each once.
   * @param stepAt when a step begins at this moment: the date
   */
  come(rows: Rows, stepAt?: number): Happening[] {
    return this.awaited.flatMap((one) => {
      const row = rows.downloads.find(({ episodeId }) => episodeId === one.episodeId);
      if (!row || !hasCome(one.moment, row, rows, stepAt)) return [];
      this.awaited = this.awaited.filter((other) => other !== one);
      return one.what;
    });
  }
}

function hasCome(
  moment: Moment,
  download: Download,
  { attempts }: Rows,
  stepAt: number | undefined,
): boolean {
  const { state, attemptId } = download;
  switch (moment) {
    case 'begun': {
      const isThere = attempts.some(({ id, journal }) => id === attemptId && journal.length > 0);
      return isThere && state.kind !== 'committed';
    }
    case 'retried': {
      const waits = state.kind === 'paused' && state.reason === 'retry';
      return waits && stepAt !== undefined && remainingWaitMs(download, stepAt) === 0;
    }
    case 'verifying':
      return state.kind === 'verifying';
  }
}
