import { describe, expect, it } from 'vitest';
import type { EpisodeId } from './ids.ts';
import { recognise } from './recognise.ts';

const url = (name: string) => `https://podcast.example/${name}.mp3`;

/** An item `id`, of an episode with a title, an address and a date of its own, but for `facts`. */
function item(
  id: string,
  facts: {
    guid?: string;
    title?: string;
    address?: string;
    publishedAt?: number;
    arrival?: number;
  } = {},
) {
  const { guid = id, title = `Title of ${id}`, address = url(id), publishedAt = 1000 } = facts;
  const { arrival } = facts;
  return {
    id: id as EpisodeId,
    guid,
    title,
    publishedAt,
    enclosure: { url: address, type: undefined, sizeBytes: undefined },
    ...(arrival !== undefined && { arrival }),
  };
}

type Item = ReturnType<typeof item>;

const ids = (known: Item[], incoming: Item[], touched: string[] = []) =>
  recognise(known, incoming, new Set(touched as EpisodeId[])).map(({ id }) => id);

/** One episode that is known, and gone from the feed, and one that the feed has now. */
const a = item('a', { title: 'Harbour', publishedAt: 5000 });
const again = (facts: Parameters<typeof item>[1]) =>
  item('x', { title: 'Other', publishedAt: 9000, ...facts });

describe.each([
  ['nobody has touched', []],
  ['somebody has touched', ['a']],
])('a row that %s', (_who, touched) => {
  it.each([
    ['date and title', again({ title: 'Harbour', publishedAt: 5000 })],
    ['date and address', again({ address: url('a'), publishedAt: 5000 })],
    ['guid, after it was known by another', again({ guid: 'a' })],
  ])('is known by its %s', (_what, incoming) => {
    expect(ids([a], [incoming], touched)).toEqual(['a']);
  });

  it.each([
    ['title alone', again({ title: 'Harbour' })],
    ['date alone', again({ publishedAt: 5000 })],
    ['nothing', again({})],
  ])('is another episode by its %s', (_what, incoming) => {
    expect(ids([a], [incoming], touched)).toEqual(['x']);
  });

  it('is not taken while the feed lists it', () => {
    expect(ids([a], [again({ title: 'Harbour', publishedAt: 5000 }), a], touched)).toEqual([
      'x',
      'a',
    ]);
  });

  it('without a date is known by title and address together', () => {
    const undated = item('a', { title: 'Harbour', publishedAt: 0 });
    const both = { title: 'Harbour', address: url('a'), publishedAt: 0 };
    expect(ids([undated], [again(both)], touched)).toEqual(['a']);
    expect(ids([undated], [again({ title: 'Harbour', publishedAt: 0 })], touched)).toEqual(['x']);
  });
});

it('the address alone is enough where nobody has touched the row, and only there', () => {
  const latest = again({ address: url('a') });
  expect(ids([a], [latest])).toEqual(['a']);
  expect(ids([a], [latest], ['a'])).toEqual(['x']);
});

it('each row is found once, by what agrees best', () => {
  const weak = item('weak', { address: url('a'), publishedAt: 7000 });
  const sure = item('sure', { title: 'Harbour', publishedAt: 5000 });
  expect(ids([a], [weak, sure])).toEqual(['weak', 'a']);
  expect(ids([a], [sure, { ...sure, id: 'twin' as EpisodeId }])).toEqual(['a', 'twin']);
});

it('an item that the feed lists twice is one episode', () => {
  const x = again({ title: 'Harbour', publishedAt: 5000 });
  expect(ids([a], [x, x])).toEqual(['a', 'a']);
});

it('of many rows of one episode, it is the one that somebody has touched', () => {
  const copies = ['a', 'b', 'c'].map((id) => item(id, { title: 'Harbour', publishedAt: 5000 }));
  const x = again({ title: 'Harbour', publishedAt: 5000 });
  expect(ids(copies, [x])).toEqual(['a']);
  expect(ids(copies, [x], ['b'])).toEqual(['b']);
});

it('two items that look alike stay two, and no more', () => {
  const two = ['a', 'b'].map((id) => item(id, { address: url('same'), publishedAt: 0 }));
  const now = ['x', 'y'].map((id) => item(id, { address: url('same'), publishedAt: 0 }));
  expect(ids(two, now)).toEqual(['a', 'b']);
  expect(ids(two.slice(0, 1), now)).toEqual(['a', 'y']);
});

it('keeps the mark of when it came, or takes the new one', () => {
  const marked = { ...a, arrival: 2 };
  const same = again({ title: 'Harbour', publishedAt: 5000 });
  const arrivalOf = (incoming: Item) => recognise([marked], [incoming], new Set())[0]?.arrival;
  expect(arrivalOf(same)).toBe(2);
  expect(arrivalOf({ ...same, arrival: 7 })).toBe(7);
  expect(recognise([a], [same], new Set())[0]).not.toHaveProperty('arrival');
});

it('a feed that changes every guid at every reading has as many episodes as it lists', () => {
  let rows = new Map<EpisodeId, Item>();
  for (let reading = 0; reading < 20; reading += 1) {
    const incoming = Array.from({ length: 10 }, (_, index) =>
      item(`${reading}-${index}`, {
        title: `Part ${index}`,
        address: url(`${reading}-${index}`),
        publishedAt: 1000 + index,
      }),
    );
    for (const it of recognise([...rows.values()], incoming, new Set())) {
      rows = new Map(rows).set(it.id, it);
    }
  }
  expect([...rows.keys()]).toEqual(Array.from({ length: 10 }, (_, index) => `0-${index}`));
});
