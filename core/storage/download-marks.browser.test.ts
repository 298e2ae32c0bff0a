import { beforeEach, describe, expect, it } from 'vitest';
import type { Download } from '../model/download.ts';
import type { EpisodeId } from '../model/ids.ts';
import type { Database } from './database.ts';
import { markDownloads, moveDownload } from './download-marks.ts';
import { listDownloads, transition } from './downloads.ts';
import { emptyDatabase } from './testing/empty-database.ts';
import { aDownload } from './testing/rows.ts';

const id = (name: string) => name as EpisodeId;

let db: Database;

beforeEach(async () => {
  db = await emptyDatabase();
});

/** `a b +c`: waiting in that order, `+`: committed. With gaps, as deleted ones leave them. */
async function queue(names: string): Promise<void> {
  for (const [turn, name] of names.split(' ').entries()) {
    const kind = name.startsWith('+') ? 'committed' : 'queued';
    const facts: Partial<Download> = { state: { kind }, position: turn * 3 };
    await db.put('downloads', aDownload({ episodeId: id(name.replace('+', '')), ...facts }));
  }
}

const order = async () =>
  (await listDownloads(db)).map(({ episodeId, placed }) => (placed ? `#${episodeId}` : episodeId));
const places = async () => (await listDownloads(db)).map(({ position }) => position);

describe('a move', () => {
  it.each([
    ['to the front', 'c', 'a', ['#c', 'a', 'b', 'd']],
    ['up', 'c', 'b', ['#a', '#c', 'b', 'd']],
    ['down', 'b', 'd', ['#a', '#c', '#b', 'd']],
    ['behind all', 'a', null, ['#b', '#c', '#d', '#a']],
  ])('%s', async (_name, moved, before, expected) => {
    await queue('a b c d');
    await moveDownload(db, id(moved), before === null ? null : id(before));
    expect(await order()).toEqual(expected);
    expect(await places()).toEqual([0, 3, 6, 9]);
    await moveDownload(db, id(moved), before === null ? null : id(before));
    expect(await order()).toEqual(expected);
  });

  it('leaves what is finished in its place', async () => {
    await queue('a +x b +y c');
    await moveDownload(db, id('c'), id('a'));
    expect(await order()).toEqual(['#c', 'x', 'a', 'y', 'b']);
  });

  it.each([
    ['itself', 'b', 'b'],
    ['one that is finished', 'b', 'x'],
    ['one that nobody knows', 'b', 'z'],
    ['another one, of what is finished,', 'x', 'a'],
    ['another one, of what nobody knows,', 'z', 'a'],
  ])('in front of %s means nothing', async (_name, moved, before) => {
    await queue('a b +x');
    await moveDownload(db, id(moved), id(before));
    expect(await order()).toEqual(['a', 'b', 'x']);
  });

  it('and many others at once never leave two in one place', async () => {
    await queue('a b c d e');
    await Promise.all([
      moveDownload(db, id('e'), id('a')),
      moveDownload(db, id('d'), id('b')),
      transition(db, id('f'), { type: 'requested' }),
      moveDownload(db, id('a'), null),
      transition(db, id('c'), { type: 'deleted' }),
      moveDownload(db, id('c'), id('e')),
    ]);
    const taken = await places();
    expect(new Set(taken).size).toBe(6);
  });
});

describe('marks', () => {
  it('are put on all of them in one go; who is not there is not made up', async () => {
    await queue('a +b c');
    await transition(db, id('c'), { type: 'deleted' });
    const asked = [id('a'), id('b'), id('c'), id('z')];
    expect(await markDownloads(db, asked, { keep: true })).toEqual(['a', 'b']);
    const rows = await listDownloads(db);
    expect(rows.map(({ keep }) => keep)).toEqual([true, true, false]);
  });

  it('of rows from an earlier version make them complete', async () => {
    const { keep: _none, removal: _neither, ...older } = aDownload({ episodeId: id('a') });
    await db.put('downloads', older as Download);
    await markDownloads(db, [id('a')], { removal: { since: 1, at: 2 } });
    const expected = aDownload({ episodeId: id('a'), removal: { since: 1, at: 2 } });
    expect(await db.get('downloads', id('a'))).toEqual(expected);
  });
});
