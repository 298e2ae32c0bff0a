import { beforeEach, describe, expect, it } from 'vitest';
import type { EpisodeId, PodcastId } from '../../../core/model/ids.ts';
import { fold, wordsIn } from './fold.ts';
import { type IndexedEpisode, LibraryIndex } from './library-index.ts';

let index: LibraryIndex;
let day = 0;

beforeEach(() => {
  index = new LibraryIndex();
  day = 0;
});

function subscribe(...titles: string[]): void {
  index.setPodcasts(titles.map((title) => ({ id: title as PodcastId, title, author: 'Ada' })));
}

/** Each is a day newer than the one before. */
function publish(podcast: string, title: string, more: Partial<IndexedEpisode> = {}): void {
  day += 1;
  index.putEpisode({
    id: title as EpisodeId,
    podcastId: podcast as PodcastId,
    title,
    description: undefined,
    publishedAt: day * 86_400_000,
    ...more,
  });
}

const find = (typed: string, most = 20) => index.find(typed, most).episodeIds;

describe('words', () => {
  it.each([
    ['Café Déjà-Vu', ['cafe', 'deja', 'vu']],
    ['Straße Øresund Łódź', ['strasse', 'oresund', 'lodz']],
    ['ＦＵＬＬ ﬁne ２', ['full', 'fine', '2']],
    ['Ärger ÄRGER', ['arger', 'arger']],
    ['ИЁ й', ['ие', 'и']],
    ['東京 cafe東', ['東', '京', 'cafe', '東']],
    ['don’t stop', ['don', 't', 'stop']],
    ['🚢 …', []],
    ['', []],
  ])('of %j are %j', (text, words) => {
    expect(wordsIn(fold(text))).toEqual(words);
  });

  it('are cut where they are no words', () => {
    expect(wordsIn('a'.repeat(1_000_000))).toEqual(['a'.repeat(32)]);
  });
});

describe('a library', () => {
  it('is found by words in any order, the last one half typed, accents and case aside', () => {
    subscribe('Night Ferry');
    publish('Night Ferry', 'Crossing the Élan Straits');
    for (const typed of [
      'straits crossing',
      'ELAN cros',
      'élan',
      'c',
      ' the  stra',
      'ferry elan',
    ]) {
      expect(find(typed), typed).toEqual(['Crossing the Élan Straits']);
    }
    for (const typed of ['traits', 'cros elan', 'cros ', 'crossing boats']) {
      expect(find(typed), typed).toEqual([]);
    }
  });

  it('puts titles before the podcast’s name, that before notes, and newer before older', () => {
    subscribe('Ferry', 'Other');
    publish('Other', 'In notes', { description: '<p>All about a <b>ferry</b>.</p>' });
    publish('Ferry', 'By name');
    publish('Other', 'Old ferry');
    publish('Other', 'New ferry');
    publish('Other', 'Not at all');
    publish('Ferry', 'By name, newer');
    expect(index.find('ferry', 20)).toEqual({
      podcastIds: ['Ferry'],
      episodeIds: ['New ferry', 'Old ferry', 'By name, newer', 'By name', 'In notes'],
      episodeCount: 5,
    });
    expect(index.find('ferry', 2)).toMatchObject({
      episodeIds: ['New ferry', 'Old ferry'],
      episodeCount: 5,
    });
  });

  it('finds podcasts by title first, then by who makes them', () => {
    index.setPodcasts([
      { id: 'p1' as PodcastId, title: 'Boats', author: 'Night Ferry Ltd.' },
      { id: 'p2' as PodcastId, title: 'Night Ferry', author: undefined },
    ]);
    expect(index.find('ferry nig', 1).podcastIds).toEqual(['p2', 'p1']);
    expect(index.find('boats ltd', 1).podcastIds).toEqual(['p1']);
  });

  it('reads the text of notes, not their markup', () => {
    subscribe('A');
    publish('A', 'One', { description: '<a href="https://ferry.example/strong">caf&eacute;</a>' });
    expect(find('cafe')).toEqual(['One']);
    for (const typed of ['href', 'strong', 'eacute']) expect(find(typed)).toEqual([]);
  });

  it('asks for three letters before it looks for beginnings in notes', () => {
    subscribe('A');
    publish('A', 'One', { description: 'of boats' });
    expect(find('bo')).toEqual([]);
    expect(find('boa')).toEqual(['One']);
    expect(find('of')).toEqual(['One']);
  });

  it('follows changes: a new title is found, the old one is not, and nothing twice', () => {
    subscribe('A');
    publish('A', 'One', { id: 'e1' as EpisodeId });
    publish('A', 'One', { id: 'e1' as EpisodeId });
    expect(index.find('one', 9)).toMatchObject({ episodeIds: ['e1'], episodeCount: 1 });
    publish('A', 'Two', { id: 'e1' as EpisodeId });
    expect(find('one')).toEqual([]);
    expect(find('two')).toEqual(['e1']);
  });

  it('forgets a podcast that is unsubscribed, and knows it again when it is back', () => {
    subscribe('A', 'B');
    publish('A', 'One boat');
    publish('B', 'Two boats');
    subscribe('B');
    expect(index.find('boat', 9)).toMatchObject({ episodeIds: ['Two boats'], episodeCount: 1 });
    expect(index.find('a ', 9).podcastIds).toEqual([]);
    subscribe('B', 'A');
    expect(find('boat')).toEqual(['Two boats', 'One boat']);
  });

  it('is not moved by names that mean something to JavaScript', () => {
    subscribe('A');
    publish('A', '__proto__ constructor');
    expect(find('constructor')).toEqual(['__proto__ constructor']);
    expect(find('proto')).toEqual(['__proto__ constructor']);
    expect(find('tostring')).toEqual([]);
  });

  it('takes a text without end for what it is', () => {
    subscribe('A');
    publish('A', 'One');
    expect(find('one '.repeat(100_000))).toEqual(['One']);
  });
});
