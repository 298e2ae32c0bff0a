import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { KeepWish } from '../../core/contract/requests.ts';
import type { EpisodeId, PodcastId } from '../../core/model/ids.ts';
import { FakeLibrary } from '../elements/testing/fakes/library.ts';
import { FakePlayer } from '../elements/testing/fakes/player.ts';
import { anEpisode } from '../elements/testing/rows.ts';
import { WorkerKeepAhead } from './keep-ahead.ts';
import type { WorkerLink } from './worker-link.ts';

const ids = (count: number) =>
  Array.from({ length: count }, (_, index) => `e${index}` as EpisodeId);

let sent: KeepWish[];
let answer: () => Promise<void>;
let player: FakePlayer;
let library: FakeLibrary;
let keepAhead: WorkerKeepAhead;

beforeEach(() => {
  sent = [];
  answer = () => Promise.resolve();
  player = new FakePlayer();
  library = new FakeLibrary();
  const send = async (_type: string, wish: KeepWish) => {
    sent.push(wish);
    await answer();
    return wish;
  };
  keepAhead = new WorkerKeepAhead({ send } as unknown as WorkerLink, library, player);
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** How the browser describes the connection from now on. */
function connection(facts: object | undefined, onLine = true): void {
  const { locks } = navigator;
  vi.stubGlobal('navigator', { onLine, connection: facts, locks });
}

const settled = (count: number) => vi.waitFor(() => expect(sent).toHaveLength(count));

describe('what people are about to look at', () => {
  it('goes out together, each once in the life of the page', async () => {
    keepAhead.podcast('p' as PodcastId);
    for (const id of ids(3)) keepAhead.episode(id);
    keepAhead.episode('e0' as EpisodeId);
    await settled(1);
    expect(sent).toEqual([{ artworkOf: ['p'], companionsOf: ids(3) }]);
    for (const id of ids(4)) keepAhead.episode(id);
    await settled(2);
    expect(sent[1]).toEqual({ artworkOf: [], companionsOf: ['e3'] });
  });

  it('goes out one step after the other', async () => {
    let release = () => {};
    answer = () => new Promise((resolve) => (release = resolve));
    for (const id of ids(25)) keepAhead.episode(id);
    await settled(1);
    expect(sent[0]?.companionsOf).toHaveLength(20);
    release();
    await settled(2);
    expect(sent[1]?.companionsOf).toEqual(ids(25).slice(20));
    release();
  });

  it('may be asked for again when nobody answered', async () => {
    answer = () => Promise.reject(new Error('the worker is gone'));
    keepAhead.episode('e0' as EpisodeId);
    await settled(1);
    answer = () => Promise.resolve();
    await vi.waitFor(() => {
      keepAhead.episode('e0' as EpisodeId);
      expect(sent).toHaveLength(2);
    });
  });

  it.each([
    ['Save-Data', { saveData: true }, true],
    ['a mobile network', { saveData: false, type: 'cellular' }, true],
    ['no connection', undefined, false],
  ])('waits with %s for another time', async (_name, facts, onLine) => {
    connection(facts, onLine);
    for (const id of ids(3)) keepAhead.episode(id);
    connection({ saveData: false, type: 'wifi' });
    keepAhead.episode('e2' as EpisodeId);
    await settled(1);
    expect(sent).toEqual([{ artworkOf: [], companionsOf: ['e2'] }]);
  });
});

describe('the episode that is likely to be next', () => {
  async function playing(id: string): Promise<void> {
    library.episodeRows = ['newest', 'middle', 'oldest'].map((name) => anEpisode(name));
    player.current = { episode: anEpisode(id), podcastTitle: '' };
    player.changed();
    player.changed();
    await settled(1);
  }

  it('is the one published after it', async () => {
    await playing('middle');
    expect(sent).toEqual([{ artworkOf: [], companionsOf: ['newest'] }]);
  });

  it('is the one before, after the newest', async () => {
    await playing('newest');
    expect(sent).toEqual([{ artworkOf: [], companionsOf: ['middle'] }]);
  });
});
