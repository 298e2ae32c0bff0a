import { type Item, itemKeys } from './arrival.ts';
import type { Episode } from './episode.ts';
import type { EpisodeId } from './ids.ts';

type Row = Item & Pick<Episode, 'guid'>;

/**
 * Some feeds give every item another guid at each reading, and with it another id. Gives such an item
 * the id that it has here, and with it all that people have done with it: where its own is unknown, and
 * that of a row is gone from the feed, the two are one episode if they agree in guid, or in date and
 * title or address. Rows that nobody has `touched` need only agree in the address: their audio is what
 * is there now, whatever they were. Each row is found once at most.
 */
export function recognise<Incoming extends Row>(
  known: readonly Row[],
  incoming: readonly Incoming[],
  touched: ReadonlySet<EpisodeId>,
): Incoming[] {
  const there = new Set(known.map(({ id }) => id));
  const strange = incoming.filter(({ id }) => !there.has(id));
  if (strange.length === 0) return [...incoming];
  const listed = new Set(incoming.map(({ id }) => id));
  const gone = known.filter(({ id }) => !listed.has(id));
  const rowOf = new Map<EpisodeId, Row>();
  const taken = new Set<Row>();

  const match = (rows: readonly Row[], keysOf: (item: Row) => string[]) => {
    const byKey = new Map<string, Row[]>();
    for (const row of [...rows].reverse()) {
      for (const key of keysOf(row)) {
        const same = byKey.get(key);
        if (same) same.push(row);
        else byKey.set(key, [row]);
      }
    }
    for (const item of strange) {
      if (rowOf.has(item.id)) continue;
      const row = keysOf(item)
        .map((key) => nextFree(byKey.get(key)))
        .find((found) => found !== undefined);
      if (!row) continue;
      rowOf.set(item.id, row);
      taken.add(row);
    }
  };
  const nextFree = (rows: Row[] = []) => {
    let row = rows.at(-1);
    while (row && taken.has(row)) {
      rows.pop();
      row = rows.at(-1);
    }
    return row;
  };
  // What is surest comes first, and what somebody has touched.
  const inUse = gone.filter(({ id }) => touched.has(id));
  const unused = gone.filter(({ id }) => !touched.has(id));
  for (const keysOf of [guidKey, itemKeys]) for (const rows of [inUse, unused]) match(rows, keysOf);
  match(unused, addressKey);

  return incoming.map((item) => {
    const row = rowOf.get(item.id);
    if (!row) return item;
    const arrival = item.arrival ?? row.arrival;
    return { ...item, id: row.id, ...(arrival !== undefined && { arrival }) };
  });
}

function guidKey({ guid }: Row): string[] {
  return guid === undefined ? [] : [guid];
}

function addressKey({ enclosure }: Row): string[] {
  return enclosure ? [enclosure.url] : [];
}
