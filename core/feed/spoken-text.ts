import { singleLine } from './plain-text.ts';

/** Characters of one paragraph: an hour of one voice. */
export const MAX_PARAGRAPH_LENGTH = 100_000;

/** One paragraph of clean text, or `undefined` where nothing is left of it. */
export function paragraph(text: string | undefined): string | undefined {
  return singleLine(text, MAX_PARAGRAPH_LENGTH);
}

/** The lines of a text, one at a time: there may be a million of them, all empty. */
export function* linesOf(text: string): Generator<string> {
  const ends = /\r\n?|\n/g;
  let from = 0;
  for (let end = ends.exec(text); end; end = ends.exec(text)) {
    yield text.slice(from, end.index);
    from = ends.lastIndex;
  }
  yield text.slice(from);
}

export interface SpokenText {
  speaker: string | undefined;
  text: string;
}

/**
 * Takes the speaker's name from `Sarah: Hello` and `[Speaker 1]: Hello`. A name is up to four words,
 * of which the first and the last are not in lower case, so that most sentences with a colon stay
 * whole.
 */
export function splitSpeaker(text: string): SpokenText {
  const [, name, words] = /^\[?([\p{L}][^:[\]]{0,39}?)\]?:\s+(\S.*)$/su.exec(text) ?? [];
  if (!name || !words || !isName(name)) return { speaker: undefined, text };
  return { speaker: name, text: words };
}

function isName(text: string): boolean {
  const words = text.split(' ');
  const ends = [words[0], words.at(-1)];
  return words.length <= 4 && ends.every((word) => word && !/^\p{Ll}/u.test(word));
}
