import type { Episode } from './episode.ts';

/** What tells whether an item of a feed is known. */
export type Item = Pick<Episode, 'id' | 'title' | 'publishedAt' | 'enclosure' | 'arrival'>;

/** An item that is older than the newest one by more is an old one that the feed shows again. */
const BACK_CATALOGUE_MS = 30 * 24 * 60 * 60_000;
/** A date further in the future is a slip, and says nothing about what is new. */
const AHEAD_MS = 24 * 60 * 60_000;

/**
 * Marks what a reading of a feed has brought that was not there before, all with the next number
 * after `arrivals`. An episode keeps its mark for good, whatever the feed does with its place, its
 * date or its words. No mark gets what came with the subscription itself, what belongs to the past
 * of the podcast, and what is known under another guid.
 */
export function markArrivals<Incoming extends Item>(
  known: readonly Item[],
  incoming: readonly Incoming[],
  { arrivals, now }: { arrivals: number; now: number },
): { episodes: Incoming[]; arrivals: number } {
  const marks = new Map(known.map(({ id, arrival }) => [id, arrival]));
  const items = new Set(known.flatMap(itemKeys));
  // A loop: a feed may have more items than a call may have arguments.
  let newestAt = Number.NEGATIVE_INFINITY;
  for (const { publishedAt } of known) {
    if (publishedAt <= now + AHEAD_MS && publishedAt > newestAt) newestAt = publishedAt;
  }
  let next = arrivals;
  const episodes = incoming.map((episode) => {
    const keys = itemKeys(episode);
    const isKnown = marks.has(episode.id) || keys.some((key) => items.has(key));
    // An item without a date may be from any time.
    const isPast = episode.publishedAt > 0 && episode.publishedAt < newestAt - BACK_CATALOGUE_MS;
    const isNew = known.length > 0 && !isKnown && !isPast;
    const arrival = isNew ? arrivals + 1 : marks.get(episode.id);
    if (isNew) next = arrivals + 1;
    for (const key of keys) items.add(key);
    marks.set(episode.id, arrival);
    return arrival === undefined ? episode : { ...episode, arrival };
  });
  return { episodes, arrivals: next };
}

/**
 * Two items that share one of these are the same one, maybe under two guids: they have one date, and
 * one title or address. Without a date, title and address must agree.
 */
export function itemKeys({ publishedAt, title, enclosure }: Item): string[] {
  const byTitle = JSON.stringify([publishedAt, 'title', title]);
  const byAddress = JSON.stringify([publishedAt, 'address', enclosure?.url]);
  return publishedAt > 0 ? [byTitle, byAddress] : [byTitle + byAddress];
}
