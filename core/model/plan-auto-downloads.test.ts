import { describe, expect, it } from 'vitest';
import { markArrivals } from './arrival.ts';
import { type AutoDownload, NO_AUTO_DOWNLOAD } from './auto-download.ts';
import type { EpisodeId } from './ids.ts';
import { type Plannable, planAutoDownloads } from './plan-auto-downloads.ts';

const HOUR_MS = 60 * 60_000;
const MONDAY = Date.UTC(2026, 10, 16);

function episode(id: string, hours: number, facts: Partial<Plannable> = {}): Plannable {
  return {
    id: id as EpisodeId,
    title: `Title of ${id}`,
    publishedAt: MONDAY + hours * HOUR_MS,
    durationS: undefined,
    enclosure: { url: `https://podcast.example/${id}.mp3`, type: undefined, sizeBytes: undefined },
    isHere: false,
    ...facts,
  };
}

const rules: AutoDownload = { ...NO_AUTO_DOWNLOAD, on: true, newest: 2 };
const three = [episode('a', 1), episode('b', 2), episode('c', 3)];

describe('a plan', () => {
  it('is empty until somebody wants one', () => {
    expect(planAutoDownloads({ ...rules, on: false }, null, three)).toEqual([]);
  });

  it('takes the newest of what is there when it is switched on, and no more', () => {
    expect(planAutoDownloads(rules, null, three)).toEqual(['c', 'b']);
  });

  it('then takes only what has come since', () => {
    const came = episode('d', 4, { arrival: 7 });
    expect(planAutoDownloads(rules, 6, [...three, came])).toEqual(['d']);
    expect(planAutoDownloads(rules, 7, [...three, came])).toEqual([]);
  });

  it('takes what came last, whatever its date', () => {
    const came = [episode('old', -1, { arrival: 7 }), episode('undated', 0, { arrival: 7 })];
    expect(planAutoDownloads(rules, 6, [...three, ...came])).toEqual(['undated', 'old']);
  });

  it('takes no more than that of many that come at once', () => {
    const came = Array.from({ length: 500 }, (_, at) => episode(`n${at}`, at, { arrival: 7 }));
    expect(planAutoDownloads(rules, 6, [...three, ...came])).toEqual(['n499', 'n498']);
  });

  it('counts what is here among the newest, and does not fetch it under another guid', () => {
    const here = episode('c', 3, { isHere: true });
    expect(planAutoDownloads(rules, null, [...three.slice(0, 2), here])).toEqual(['b']);
    const copy = episode('copy', 3, { title: here.title });
    expect(planAutoDownloads({ ...rules, newest: 1 }, null, [here, copy])).toEqual([]);
  });

  it('takes nothing that has no audio', () => {
    expect(planAutoDownloads(rules, null, [episode('a', 1, { enclosure: undefined })])).toEqual([]);
  });

  it.each<[string, Partial<AutoDownload>, string[]]>([
    ['long enough', { minDurationS: 600 }, ['unknown', 'long']],
    ['short enough', { maxDurationS: 600 }, ['unknown', 'short']],
    ['exactly so long', { minDurationS: 60, maxDurationS: 60 }, ['unknown', 'short']],
    ['of the right title', { titleHas: ' TITLE of LONG ' }, ['long']],
    ['not of the wrong title', { titleLacks: 'unknown' }, ['long', 'short']],
    ['of any title, where nothing but spaces was typed', { titleLacks: '  ' }, ['unknown', 'long']],
  ])('takes what is %s', (_name, more, expected) => {
    const episodes = [
      episode('short', 1, { durationS: 60 }),
      episode('long', 2, { durationS: 3600 }),
      episode('unknown', 3),
    ];
    expect(planAutoDownloads({ ...rules, ...more }, null, episodes)).toEqual(expected);
  });
});

/** A feed that does to its items, in any order, what feeds do. */
function* feedLife(random: () => number): Generator<Plannable[]> {
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)];
  let items = Array.from({ length: 5 }, (_, at) => episode(`first-${at}`, at * 24));
  for (let turn = 1; turn <= 25; turn += 1) {
    const at = turn * 24;
    const some = pick(items) ?? episode('some', 0);
    const replaced = (by: Plannable) => items.map((it) => (it === some ? by : it));
    const next: (() => Plannable[])[] = [
      () => [episode(`new-${turn}`, at), ...items],
      () => [...items, episode(`new-${turn}`, at, { publishedAt: 0 })],
      () => items.toReversed(),
      () => items.filter((it) => it !== some),
      () => replaced({ ...some, publishedAt: MONDAY + at * HOUR_MS }),
      () => replaced({ ...some, title: 'Remastered' }),
      () => items.map((it) => ({ ...it, id: `${it.id}'` as EpisodeId })),
      () => [...items, ...Array.from({ length: 100 }, (_, n) => episode(`p${turn}-${n}`, -n))],
      () => [...Array.from({ length: 30 }, (_, n) => episode(`b${turn}-${n}`, at - n)), ...items],
    ];
    items = (pick(next) ?? (() => items))();
    yield items;
  }
}

/** Mulberry32. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

it.each(Array.from({ length: 40 }, (_, seed) => seed))(
  'whatever a feed does, takes each episode once, and few at a time (seed %i)',
  (seed) => {
    const random = seeded(seed);
    const newest = 1 + Math.floor(random() * 4);
    const rows = new Map<EpisodeId, Plannable>();
    const taken: EpisodeId[] = [];
    const audio = new Map<string, number>();
    let arrivals = 0;
    let decided: number | null = null;
    let readings = 0;
    for (const items of feedLife(random)) {
      const now = MONDAY + (readings + 2) * 24 * HOUR_MS;
      readings += 1;
      const marked = markArrivals([...rows.values()], items, { arrivals, now });
      const before = new Set(rows.keys());
      for (const it of marked.episodes) {
        rows.set(it.id, { ...it, isHere: rows.get(it.id)?.isHere ?? false });
      }
      arrivals = marked.arrivals;
      const plan = () => planAutoDownloads({ ...rules, newest }, decided, [...rows.values()]);
      const wanted = plan();
      expect(wanted.length).toBeLessThanOrEqual(newest);
      for (const id of wanted) {
        if (decided !== null) expect(before, 'nothing that was there before').not.toContain(id);
        taken.push(id);
        const row = rows.get(id);
        if (!row) throw new Error('took what is not there');
        const url = row.enclosure?.url ?? '';
        audio.set(url, (audio.get(url) ?? 0) + 1);
        // Some are deleted by the user soon after.
        rows.set(id, { ...row, isHere: random() < 0.5 });
      }
      decided = arrivals;
      expect(plan(), 'decided is decided').toEqual([]);
    }
    expect(new Set(taken).size).toBe(taken.length);
    expect([...audio.values()].filter((times) => times > 1)).toEqual([]);
  },
);
