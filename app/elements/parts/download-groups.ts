import type { DownloadState } from '../../../core/model/download.ts';
import type { Episode } from '../../../core/model/episode.ts';
import type { EpisodeId, PodcastId } from '../../../core/model/ids.ts';
import type { DownloadView } from '../../contexts.ts';
import { bytes } from '../figures.ts';

/* What the Downloads page shows, out of rows: which group, in which order, how much. */

export interface Shown {
  episode: Episode;
  view: DownloadView;
}

export interface Groups {
  /** In the order of the queue. */
  underWay: Shown[];
  waiting: Shown[];
  here: Shown[];
  /** Deleted a moment ago: they can be brought back. */
  removing: Shown[];
}

export type Order = 'newest' | 'oldest' | 'largest';

export function groupDownloads(
  episodes: readonly Episode[],
  all: ReadonlyMap<EpisodeId, DownloadView>,
  order: Order,
): Groups {
  const groups: Groups = { underWay: [], waiting: [], here: [], removing: [] };
  for (const episode of episodes) {
    const view = all.get(episode.id);
    const group = view && (view.removing ? 'removing' : groupOf(view.state));
    if (group) groups[group].push({ episode, view });
  }
  groups.underWay.sort(byPlace);
  groups.waiting.sort(byPlace);
  groups.here.sort(ORDERS[order]);
  return groups;
}

function groupOf(state: DownloadState): keyof Groups | undefined {
  switch (state.kind) {
    case 'queued':
    case 'active':
    case 'verifying':
      return 'underWay';
    case 'paused':
    case 'failed':
    case 'evicted':
      return 'waiting';
    case 'committed':
      return 'here';
    case 'absent':
    case 'deleting':
      return undefined;
  }
}

function byPlace(one: Shown, other: Shown): number {
  return one.view.position - other.view.position;
}

/** By when they came here, which the rows of earlier versions do not know; then by their places. */
function byAge(one: Shown, other: Shown): number {
  return (one.view.storedAt ?? 0) - (other.view.storedAt ?? 0) || byPlace(one, other);
}

const ORDERS: Record<Order, (one: Shown, other: Shown) => number> = {
  // What came last is most likely what somebody looks for.
  newest: (one, other) => byAge(other, one),
  oldest: byAge,
  largest: (one, other) => other.view.receivedBytes - one.view.receivedBytes || byAge(other, one),
};

export function sumBytes(shown: readonly Shown[]): number {
  return shown.reduce((sum, { view }) => sum + view.receivedBytes, 0);
}

/** `3 episodes deleted, 120 MB`. */
export function amount(shown: readonly Shown[], verb = ''): string {
  const sizeBytes = sumBytes(shown);
  const count = `${shown.length} ${shown.length === 1 ? 'episode' : 'episodes'} ${verb}`.trim();
  return sizeBytes > 0 ? `${count}, ${bytes(sizeBytes)}` : count;
}

export function idsOf(shown: readonly Shown[]): EpisodeId[] {
  return shown.map(({ episode }) => episode.id);
}

/** What each podcast takes, the largest first. */
export function bytesByPodcast(
  shown: readonly Shown[],
): { podcastId: PodcastId; count: number; sizeBytes: number }[] {
  const sums = new Map<PodcastId, { podcastId: PodcastId; count: number; sizeBytes: number }>();
  for (const { episode, view } of shown) {
    if (view.receivedBytes === 0) continue;
    const { podcastId } = episode;
    const sum = sums.get(podcastId) ?? { podcastId, count: 0, sizeBytes: 0 };
    sum.count += 1;
    sum.sizeBytes += view.receivedBytes;
    sums.set(podcastId, sum);
  }
  return [...sums.values()].sort((one, other) => other.sizeBytes - one.sizeBytes);
}

/** In front of whom an episode goes with one step in the queue; `undefined` where it stays. */
export function placeAfter(
  queue: readonly EpisodeId[],
  id: EpisodeId,
  step: 'next' | 'up' | 'down',
): EpisodeId | null | undefined {
  const index = queue.indexOf(id);
  if (index < 0) return undefined;
  if (step === 'down') return index === queue.length - 1 ? undefined : (queue[index + 2] ?? null);
  return index === 0 ? undefined : queue[step === 'next' ? 0 : index - 1];
}
