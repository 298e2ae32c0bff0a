import { playingNow, unlessPlaying } from '../../core/messaging/playing.ts';
import type { Download } from '../../core/model/download.ts';
import type { EpisodeId } from '../../core/model/ids.ts';
import { planRetention } from '../../core/model/retention.ts';
import { transition } from '../../core/storage/downloads.ts';
import { getSettings } from '../../core/storage/settings.ts';
import { listStoredEpisodes } from '../../core/storage/stored-episodes.ts';
import type { WorkerContext } from '../context.ts';
import { clearDeleted } from './clean-up.ts';

/** What one event lets go of is bounded; the rest goes after the next commit, or when a page opens. */
const IN_A_ROUND = 10;
const ROUNDS = 5;

/**
 * Lets go of what the user's rules leave no room for: after a commit, when a rule was changed, and
 * at the start-up check. Each is an ordinary deletion, durable before its bytes go. What has come
 * into a player or was marked to keep since the plan was made stays.
 */
export function retain(context: WorkerContext): Promise<void> {
  return context.running.join('retain', async () => {
    const db = await context.database();
    const rules = await getSettings(db);
    if (!rules || (rules.keepNewest === null && rules.capBytes === null)) return;
    for (let round = 0; round < ROUNDS; round += 1) {
      const playing = await playingNow(context.locks, context.baseUrl.href);
      const going = planRetention(await listStoredEpisodes(db, playing), rules);
      if (going.length === 0) return;
      for (const { episodeId } of going.slice(0, IN_A_ROUND)) await letGo(context, episodeId);
      await clearDeleted(context);
    }
  });
}

async function letGo(context: WorkerContext, id: EpisodeId): Promise<void> {
  const db = await context.database();
  const mayGo = (row: Download | undefined) => row?.state.kind === 'committed' && !row.keep;
  await unlessPlaying(context.locks, context.baseUrl.href, id, () =>
    transition(db, id, { type: 'deleted' }, {}, mayGo),
  );
}
