import { playingNow, unlessPlaying } from '../../core/messaging/playing.ts';
import type { Download } from '../../core/model/download.ts';
import type { EpisodeId } from '../../core/model/ids.ts';
import { ownRules, planRetention } from '../../core/model/retention.ts';
import { DEFAULT_SETTINGS } from '../../core/model/settings.ts';
import { transition } from '../../core/storage/downloads.ts';
import { getSettings } from '../../core/storage/settings.ts';
import { listStoredEpisodes } from '../../core/storage/stored-episodes.ts';
import { listSubscriptions } from '../../core/storage/subscriptions.ts';
import type { WorkerContext } from '../context.ts';

/** What one event lets go of is bounded; the rest goes after the next commit, or when a page opens. */
const AT_MOST = 50;

/**
 * Lets go of what the user's rules leave no room for: after a commit, when a rule was changed, and
 * at the start-up check. Each is an ordinary deletion; its bytes are for `clearDeleted`, which is not
 * called here, because it waits for work that is ending, and this may be a part of that. What has
 * come into a player, or was marked to keep, since the plan was made stays.
 */
export function retain(context: WorkerContext): Promise<void> {
  return context.running.join('retain', async () => {
    const db = await context.database();
    const { keepNewest, capBytes } = (await getSettings(db)) ?? DEFAULT_SETTINGS;
    const ofPodcast = ownRules((await listSubscriptions(db)).values());
    if (keepNewest === null && capBytes === null && ofPodcast.size === 0) return;
    const rules = { keepNewest, capBytes, ofPodcast };
    const { href } = context.baseUrl;
    const stored = await listStoredEpisodes(db, await playingNow(context.locks, href));
    const gone: EpisodeId[] = [];
    for (const { episodeId } of planRetention(stored, rules).slice(0, AT_MOST)) {
      await unlessPlaying(context.locks, href, episodeId, async () => {
        const { effects } = await transition(db, episodeId, { type: 'deleted' }, {}, mayGo);
        if (effects.length > 0) gone.push(episodeId);
      });
    }
    if (gone.length > 0) await context.broadcast({ type: 'downloads/changed', episodeIds: gone });
  });
}

function mayGo(row: Download | undefined): boolean {
  return row?.state.kind === 'committed' && !row.keep;
}
