import { expect, it } from 'vitest';
import type { EpisodeId, PodcastId } from '../../core/model/ids.ts';
import { type Candidate, inOrder } from './queue.ts';

/** `a1`: of podcast a. In queue order. In front of it `!`: it has begun; `#`: the user has put it there. */
function queue(names: string): Candidate[] {
  return names.split(' ').map((name, position) => {
    const begun = name.startsWith('!');
    const placed = name.startsWith('#');
    const episodeId = name.replace(/[!#]/, '') as EpisodeId;
    return { episodeId, podcastId: episodeId.slice(0, 1) as PodcastId, position, begun, placed };
  });
}

/** Everything in turn, each one's turn noted as it comes. */
function order(names: string, last: Record<string, number> = {}, count?: number): string {
  const turns = new Map(Object.entries(last)) as Map<PodcastId, number>;
  return inOrder(queue(names), turns, count)
    .map(({ episodeId }) => episodeId)
    .join(' ');
}

it.each([
  ['one podcast comes in the order of the queue', 'a1 a2 a3', {}, 'a1 a2 a3'],
  ['podcasts have their turns', 'a1 a2 a3 b1 b2 c1', {}, 'a1 b1 c1 a2 b2 a3'],
  ['whoever had the last turn waits', 'a1 a2 b1', { a: 5 }, 'b1 a1 a2'],
  ['the longest wait comes first', 'a1 b1 c1', { a: 7, b: 9, c: 3 }, 'c1 a1 b1'],
  ['a podcast without a turn comes before all that had one', 'a1 b1', { a: 0 }, 'b1 a1'],
  ['what was begun is finished first', 'a1 a2 !b1 !c1', { b: 8, c: 2 }, '!b1 !c1 a1 a2'],
  ['the user’s own order comes before every turn', '#a1 #a2 #b1 a3 c1', { a: 9 }, 'a1 a2 b1 c1 a3'],
  ['but not before what was begun', '#a1 !b1 #a2', {}, 'b1 a1 a2'],
  ['and costs nobody a turn', '!a1 a2 b1', { a: 4, b: 2 }, '!a1 b1 a2'],
])('%s', (_name, names, last, expected) => {
  expect(order(names, last)).toBe(expected.replaceAll('!', ''));
});

it('nobody is next where nobody waits', () => {
  expect(inOrder([], new Map())).toEqual([]);
});

it.each([
  [0, ''],
  [2, 'b1 a1'],
  [9, 'b1 a1 a2 a3'],
])('of those that wait, the first %d come first', (count, expected) => {
  expect(order('a1 a2 a3 b1', { a: 3 }, count)).toBe(expected);
});

it('fifty episodes of one podcast keep no other waiting for more than a turn', () => {
  const many = Array.from({ length: 50 }, (_, index) => `a${index}`).join(' ');
  const picked = order(`${many} b1 c1`, { a: 1 }).split(' ');
  expect(picked.slice(0, 3)).toEqual(['b1', 'c1', 'a0']);
});
