import { type Item, itemKeys } from './arrival.ts';
import type { AutoDownload } from './auto-download.ts';
import type { Episode } from './episode.ts';
import type { EpisodeId } from './ids.ts';

/** An episode that could be taken, and whether it was ever asked for. */
export type Plannable = Item & Pick<Episode, 'durationS'> & { isHere: boolean };

/**
 * What auto-download takes, the newest first. Each episode is decided about once: one that had come
 * by the arrival `decided` never again, whether it was taken then or not. The caller notes the new
 * mark in the transaction that queues what this answers. `decided` is `null` when it has just been
 * switched on: then the newest of what is there are taken, and no more of the back catalogue.
 */
export function planAutoDownloads(
  rules: AutoDownload,
  decided: number | null,
  episodes: readonly Plannable[],
): EpisodeId[] {
  if (!rules.on) return [];
  const isUndecided = ({ arrival = 0 }: Plannable) => decided === null || arrival > decided;
  const here = new Set(episodes.filter(({ isHere }) => isHere).flatMap(itemKeys));
  const isHere = (episode: Plannable) =>
    episode.isHere || itemKeys(episode).some((key) => here.has(key));
  return episodes
    .filter((episode) => episode.enclosure !== undefined && matches(rules, episode))
    .sort(newestFirst)
    .slice(0, rules.newest)
    .filter((episode) => isUndecided(episode) && !isHere(episode))
    .map(({ id }) => id);
}

function matches(rules: AutoDownload, { title, durationS }: Plannable): boolean {
  const { minDurationS, maxDurationS, titleHas, titleLacks } = rules;
  // A feed that does not say how long an episode is must not keep it away.
  const isLongEnough = durationS === undefined || durationS >= (minDurationS ?? 0);
  const isShortEnough = durationS === undefined || durationS <= (maxDurationS ?? durationS);
  const isLacking = plain(titleLacks) !== '' && plain(title).includes(plain(titleLacks));
  return isLongEnough && isShortEnough && plain(title).includes(plain(titleHas)) && !isLacking;
}

function plain(words: string): string {
  return words.normalize('NFKC').trim().toLowerCase();
}

/** What came last is newest: a date in a feed may be anything. */
function newestFirst(one: Plannable, other: Plannable): number {
  return (
    (other.arrival ?? 0) - (one.arrival ?? 0) ||
    other.publishedAt - one.publishedAt ||
    (one.id < other.id ? -1 : 1)
  );
}
