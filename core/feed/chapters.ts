import type { Chapter } from '../model/parsed-feed.ts';
import { safeWebAddress } from './address.ts';
import { fieldIn, listIn, secondsIn, textIn } from './json-fields.ts';
import { singleLine } from './plain-text.ts';

const MAX_CHAPTERS = 2000;

/**
 * Reads the JSON chapters of the podcast namespace, sorted by their start. `url` is where they were
 * found. Never throws: what is no chapter is left out, and what is no list of chapters has none.
 *
 * A chapter with `toc: false` is there for its picture or link and must not be listed. It comes
 * through, but without a title: a chapter that has none is never listed.
 *
 * https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/chapters/jsonChapters.md
 */
export function parseChapters(json: string, { url }: { url: string }): Chapter[] {
  const base = safeWebAddress(url);
  return inOrder(listIn(json, 'chapters').flatMap((entry) => readChapter(entry, base) ?? []));
}

/** By start, and no more of them than anybody can use. Chapters of one moment keep their order. */
export function inOrder(chapters: Chapter[]): Chapter[] {
  return chapters.toSorted((a, b) => a.startS - b.startS).slice(0, MAX_CHAPTERS);
}

function readChapter(entry: unknown, base: string | undefined): Chapter | undefined {
  const startS = secondsIn(entry, 'startTime');
  if (startS === undefined) return undefined;
  const isListed = fieldIn(entry, 'toc') !== false;
  return {
    startS,
    title: isListed ? singleLine(textIn(entry, 'title')) : undefined,
    url: safeWebAddress(textIn(entry, 'url'), base),
    imageUrl: safeWebAddress(textIn(entry, 'img'), base),
  };
}
