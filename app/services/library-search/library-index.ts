import { htmlToText } from '../../../core/feed/plain-text.ts';
import type { Episode } from '../../../core/model/episode.ts';
import type { EpisodeId, PodcastId } from '../../../core/model/ids.ts';
import type { Podcast } from '../../../core/model/podcast.ts';
import { Best } from './best.ts';
import { fold, wordsIn } from './fold.ts';
import { WordIndex } from './word-index.ts';

/** What a match is worth, by where the word was found. */
const IN_NOTES = 1;
const IN_PODCAST = 2;
const IN_TITLE = 3;

/** Nobody types more, and each costs the time of one. */
const MOST_WORDS = 8;

/**
 * Show notes are indexed by their first 2,000 characters of text; what stands behind them is credits
 * and advertisements more often than not. Their words are limited as well: some 10 MB of lists for
 * 10,000 episodes, 100 MB for 100,000.
 */
const NOTES_LENGTH = 2000;
const NOTES_HTML_LENGTH = 4 * NOTES_LENGTH;

export type IndexedPodcast = Pick<Podcast, 'id' | 'title' | 'author'>;
export type IndexedEpisode = Pick<
  Episode,
  'id' | 'podcastId' | 'title' | 'description' | 'publishedAt'
>;

export interface Finds {
  podcastIds: PodcastId[];
  /** The best of them. */
  episodeIds: EpisodeId[];
  /** Of all of them. */
  episodeCount: number;
}

interface IndexedName {
  id: PodcastId;
  title: string[];
  author: string[];
}

/**
 * The words of a library, in memory: titles of podcasts and episodes, authors, and the beginning of
 * show notes. Every word that is typed has to be somewhere, in any order; the last may be a beginning.
 */
export class LibraryIndex {
  private readonly titles = new WordIndex({ startLength: 1, mostWords: 1_000_000 });
  private readonly notes = new WordIndex({ startLength: 3, mostWords: 500_000 });
  /** By podcast number; `undefined` where it is not in the library any more. */
  private names: (IndexedName | undefined)[] = [];
  private readonly podcastNumbers = new Map<PodcastId, number>();
  // One entry for each document; an episode that has changed is a new document.
  private readonly ids: EpisodeId[] = [];
  private readonly podcastOf: number[] = [];
  private readonly publishedAt: number[] = [];
  private readonly digests: number[] = [];
  private readonly replaced: boolean[] = [];
  private readonly documentOf = new Map<EpisodeId, number>();

  /** All podcasts of the library; the episodes of others are not found any more. */
  setPodcasts(podcasts: readonly IndexedPodcast[]): void {
    this.names = this.names.map(() => undefined);
    for (const { id, title, author } of podcasts) {
      const name = { id, title: wordsIn(fold(title)), author: wordsIn(fold(author ?? '')) };
      this.names[this.numberOf(id)] = name;
    }
  }

  putEpisode({ id, podcastId, title, description = '', publishedAt }: IndexedEpisode): void {
    const html = description.slice(0, NOTES_HTML_LENGTH);
    const digest = digestOf(title, digestOf(html));
    const known = this.documentOf.get(id);
    if (known !== undefined && this.digests[known] === digest) {
      this.publishedAt[known] = publishedAt;
      return;
    }
    if (known !== undefined) this.replaced[known] = true;
    const document = this.ids.length;
    this.ids.push(id);
    this.podcastOf.push(this.numberOf(podcastId));
    this.publishedAt.push(publishedAt);
    this.digests.push(digest);
    this.replaced.push(false);
    this.documentOf.set(id, document);
    for (const word of wordsIn(fold(title))) this.titles.add(word, document);
    const text = htmlToText(html).slice(0, NOTES_LENGTH);
    for (const word of wordsIn(fold(text))) this.notes.add(word, document);
  }

  find(typed: string, most: number): Finds {
    const folded = fold(typed.slice(0, 1000));
    const words = wordsIn(folded).slice(0, MOST_WORDS);
    if (words.length === 0) return { podcastIds: [], episodeIds: [], episodeCount: 0 };
    // A space behind it says that the last word is whole.
    const isOpen = /[\p{L}\p{N}]$/u.test(folded);
    const wanted = words.map((word, index) => {
      return { word, isBeginning: isOpen && index === words.length - 1 };
    });
    return { podcastIds: this.findPodcasts(wanted), ...this.findEpisodes(wanted, most) };
  }

  private findPodcasts(wanted: readonly Wanted[]): PodcastId[] {
    const found: { id: PodcastId; byTitle: boolean }[] = [];
    for (const name of this.names) {
      if (!name) continue;
      const byTitle = wanted.every((it) => name.title.some((word) => fits(word, it)));
      const all = [...name.title, ...name.author];
      if (byTitle || wanted.every((it) => all.some((word) => fits(word, it)))) {
        found.push({ id: name.id, byTitle });
      }
    }
    return found.sort((a, b) => Number(b.byTitle) - Number(a.byTitle)).map(({ id }) => id);
  }

  private findEpisodes(wanted: readonly Wanted[], most: number): Omit<Finds, 'podcastIds'> {
    const count = this.ids.length;
    const { podcastOf, publishedAt, replaced } = this;
    const scores = new Uint8Array(count);
    const worth = new Uint8Array(count);
    for (const [index, it] of wanted.entries()) {
      this.weigh(it, worth);
      for (let document = 0; document < count; document += 1) {
        const before = scores[document] ?? 0;
        const here = worth[document] ?? 0;
        scores[document] = here > 0 && (index === 0 || before > 0) ? before + here : 0;
      }
    }
    let episodeCount = 0;
    const best = new Best<number>(most, (one, other) => {
      const better = (scores[one] ?? 0) - (scores[other] ?? 0);
      return better !== 0 ? better > 0 : (publishedAt[one] ?? 0) > (publishedAt[other] ?? 0);
    });
    for (let document = 0; document < count; document += 1) {
      if (!scores[document] || replaced[document]) continue;
      if (!this.names[podcastOf[document] ?? -1]) continue;
      episodeCount += 1;
      best.offer(document);
    }
    return { episodeIds: best.items.flatMap((document) => this.ids[document] ?? []), episodeCount };
  }

  /** What one word is worth in each document, the best place where it is found. */
  private weigh(it: Wanted, worth: Uint8Array): void {
    worth.fill(0);
    for (const documents of this.notes.find(it.word, it)) {
      for (const document of documents) worth[document] = IN_NOTES;
    }
    const inName = this.names.map((name) => name?.title.some((word) => fits(word, it)) ?? false);
    if (inName.includes(true)) {
      for (let document = 0; document < worth.length; document += 1) {
        if (inName[this.podcastOf[document] ?? -1]) worth[document] = IN_PODCAST;
      }
    }
    for (const documents of this.titles.find(it.word, it)) {
      for (const document of documents) worth[document] = IN_TITLE;
    }
  }

  private numberOf(id: PodcastId): number {
    const known = this.podcastNumbers.get(id);
    if (known !== undefined) return known;
    const next = this.podcastNumbers.size;
    this.podcastNumbers.set(id, next);
    this.names[next] ??= undefined;
    return next;
  }
}

interface Wanted {
  word: string;
  isBeginning: boolean;
}

function fits(word: string, wanted: Wanted): boolean {
  return wanted.isBeginning ? word.startsWith(wanted.word) : word === wanted.word;
}

/** FNV-1a, 32 bits: tells whether a text is still the same, and nothing more. */
function digestOf(text: string, start = 0x811c9dc5): number {
  let digest = start;
  for (let index = 0; index < text.length; index += 1) {
    digest = Math.imul(digest ^ text.charCodeAt(index), 0x01000193);
  }
  return digest;
}
