import { describe, expect, it } from 'vitest';
import { type Item, itemKeys, markArrivals } from './arrival.ts';
import type { EpisodeId } from './ids.ts';

const DAY_MS = 24 * 60 * 60_000;
const now = Date.UTC(2026, 10, 21);

/** Published so many days ago. */
function item(id: string, days: number, facts: Partial<Item> = {}): Item {
  return {
    id: id as EpisodeId,
    title: `Title of ${id}`,
    publishedAt: now - days * DAY_MS,
    enclosure: { url: `https://podcast.example/${id}.mp3`, type: undefined, sizeBytes: undefined },
    ...facts,
  };
}

/** The ids that are marked as new when a feed that was known goes on with these. */
function newAmong(known: Item[], incoming: Item[]): string[] {
  const { episodes } = markArrivals(known, incoming, { arrivals: 4, now });
  return episodes.filter(({ arrival }) => arrival === 5).map(({ id }) => id);
}

const known = [item('c', 1), item('b', 8), item('a', 15)];

describe('an arrival', () => {
  it('is what was not there before, all of one reading with the next number', () => {
    const incoming = [item('e', 0), item('d', 0), ...known];
    const { episodes, arrivals } = markArrivals(known, incoming, { arrivals: 4, now });
    expect(arrivals).toBe(5);
    expect(episodes.map(({ arrival }) => arrival)).toEqual([5, 5, undefined, undefined, undefined]);
  });

  it('is nothing that comes with the subscription', () => {
    expect(markArrivals([], known, { arrivals: 0, now })).toEqual({ episodes: known, arrivals: 0 });
  });

  it('is counted only where there is one', () => {
    expect(markArrivals(known, known, { arrivals: 4, now }).arrivals).toBe(4);
  });

  it('stays what it was when the feed changes its place, its date and its words', () => {
    const marked = item('d', 0, { arrival: 2 });
    const changed = [item('a', 0), item('d', 900, { title: 'Remastered' }), item('c', 1)];
    const { episodes } = markArrivals([...known, marked], changed, { arrivals: 4, now });
    expect(episodes.map(({ arrival }) => arrival)).toEqual([undefined, 2, undefined]);
  });

  it('is not an old item under a new guid', () => {
    expect(newAmong(known, [item('x', 1, { title: 'Title of c' })])).toEqual([]);
    const { enclosure } = item('b', 8);
    expect(newAmong(known, [item('y', 8, { enclosure })])).toEqual([]);
  });

  it('is one episode more under the title or the address that every episode has', () => {
    const { title, enclosure } = item('c', 1);
    expect(newAmong(known, [item('x', 0, { title, enclosure })])).toEqual(['x']);
    const undated = { publishedAt: 0 };
    const before = [item('u', 0, { ...undated, title })];
    expect(newAmong(before, [item('v', 0, { ...undated, title })])).toEqual(['v']);
  });

  it('is once what a feed lists twice', () => {
    expect(newAmong(known, [item('x', 0), item('y', 0, { title: 'Title of x' })])).toEqual(['x']);
    expect(newAmong(known, [item('x', 0), item('x', 0)])).toEqual(['x', 'x']);
  });

  it('is not the back catalogue that a feed shows all at once', () => {
    const old = Array.from({ length: 500 }, (_, index) => item(`old-${index}`, 60 + index));
    expect(newAmong(known, [item('d', 0), ...known, ...old])).toEqual(['d']);
  });

  it('may be dated a little back, and without a date may be from any time', () => {
    expect(newAmong(known, [item('late', 20)])).toEqual(['late']);
    expect(newAmong(known, [item('undated', 0, { publishedAt: 0 })])).toEqual(['undated']);
  });

  it('comes also after a slip with a date in the far future', () => {
    const slip = item('slip', -365 * 100);
    expect(newAmong([...known, slip], [item('d', 0)])).toEqual(['d']);
  });
});

it('tells two items apart that only look alike', () => {
  const one = item('one', 3);
  const areOne = (other: Item) => itemKeys(other).some((key) => itemKeys(one).includes(key));
  expect(areOne(item('two', 3))).toBe(false);
  expect(areOne(item('two', 3, { title: one.title }))).toBe(true);
  expect(areOne(item('two', 4, { title: one.title, enclosure: one.enclosure }))).toBe(false);
});
