import type { EpisodeId, PodcastId } from './ids.ts';

/*
 * What goes by itself to make room, where the user has said so. Pure: the worker carries it out, and
 * Settings shows the same answer before anything is switched on.
 */

export interface GeneralRules {
  /** Of each podcast; `null`: as many as there are. */
  keepNewest: number | null;
  /** Of all episodes together; `null`: as much as there is room for. */
  capBytes: number | null;
}

/** A podcast's own rule: the newest so many of it, or every one of them, also beyond the cap. */
export type OwnRule = number | 'all';

export interface RetentionRules extends GeneralRules {
  /** What holds of these in place of `keepNewest`. */
  ofPodcast?: ReadonlyMap<PodcastId, OwnRule>;
}

/** The podcasts' own rules, as they are kept with their subscriptions. */
export function ownRules(
  subscriptions: Iterable<{ podcastId: PodcastId; keepNewest: OwnRule | null }>,
): Map<PodcastId, OwnRule> {
  const rules = new Map<PodcastId, OwnRule>();
  for (const { podcastId, keepNewest } of subscriptions) {
    if (keepNewest !== null) rules.set(podcastId, keepNewest);
  }
  return rules;
}

/** An episode that is downloaded, with what decides whether it may go. */
export interface StoredEpisode {
  episodeId: EpisodeId;
  podcastId: PodcastId;
  sizeBytes: number;
  /** When it came here, ms since 1970; 0 where that was not noted. */
  storedAt: number;
  publishedAt: number;
  /** The user has marked it: it never goes. */
  isKept: boolean;
  /** In a player at this moment, also where that is paused: it never goes. */
  isCurrent: boolean;
  heard: Heard;
}

export type Heard = 'no' | 'partly' | 'whole';

/** A first look is not yet listening; so near the end, nobody comes back for the rest. */
const BEGUN_S = 30;
const LEFT_S = 60;

/** How much of an episode was heard, by where listening stopped; `undefined`: never begun. */
export function heardOf(positionS: number | undefined, durationS: number | undefined): Heard {
  if (positionS === undefined) return 'no';
  // What the player notes when an episode has played to its end.
  if (positionS === 0) return 'whole';
  if (durationS !== undefined && positionS > durationS - LEFT_S) return 'whole';
  return positionS < BEGUN_S ? 'no' : 'partly';
}

/**
 * The episodes that go, in the order in which they do. "Newest" is what came here last: nothing that
 * somebody has just asked for goes again because it was published long ago, and the very last one
 * always stays, or a download could remove itself. What is partly heard goes only for the cap, and
 * last of all.
 */
export function planRetention<Stored extends StoredEpisode>(
  stored: readonly Stored[],
  { keepNewest, capBytes, ofPodcast }: RetentionRules,
): Stored[] {
  const [last, ...others] = stored.toSorted(newestFirst);
  if (!last) return [];
  const ruleFor = ({ podcastId }: Stored) => ofPodcast?.get(podcastId) ?? keepNewest ?? 'all';
  const going = beyondNewest([last, ...others], ruleFor);
  if (capBytes === null) return going;
  const isGoing = new Set(going);
  let leftBytes = sum(stored) - sum(going);
  const next = others
    .filter((episode) => mayGo(episode) && !isGoing.has(episode))
    .filter(({ podcastId }) => ofPodcast?.get(podcastId) !== 'all')
    .sort(
      (one, other) => LAST_TO_GO[one.heard] - LAST_TO_GO[other.heard] || newestFirst(other, one),
    );
  for (const episode of next) {
    if (leftBytes <= capBytes) break;
    going.push(episode);
    leftBytes -= episode.sizeBytes;
  }
  return going;
}

const LAST_TO_GO: Record<Heard, number> = { whole: 0, no: 1, partly: 2 };

function mayGo({ isKept, isCurrent }: StoredEpisode): boolean {
  return !isKept && !isCurrent;
}

/** Oldest first. Those that may not go have their place among the newest like any other. */
function beyondNewest<Stored extends StoredEpisode>(
  sorted: Stored[],
  ruleFor: (episode: Stored) => OwnRule,
): Stored[] {
  const seen = new Map<PodcastId, number>();
  const beyond = sorted.filter((episode) => {
    const place = (seen.get(episode.podcastId) ?? 0) + 1;
    seen.set(episode.podcastId, place);
    const rule = ruleFor(episode);
    const isBeyond = rule !== 'all' && place > Math.max(1, rule);
    return isBeyond && mayGo(episode) && episode.heard !== 'partly';
  });
  return beyond.reverse();
}

function newestFirst(one: StoredEpisode, other: StoredEpisode): number {
  return (
    other.storedAt - one.storedAt ||
    other.publishedAt - one.publishedAt ||
    (one.episodeId < other.episodeId ? -1 : 1)
  );
}

function sum(episodes: readonly StoredEpisode[]): number {
  return episodes.reduce((total, { sizeBytes }) => total + sizeBytes, 0);
}
