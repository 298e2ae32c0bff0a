/**
 * Which documents hold a word: a list of document numbers for each. Documents are added one after
 * the other, so each list is in order and its last entry tells whether a word was there before.
 */
export class WordIndex {
  private readonly documents = new Map<string, number[]>();
  /** Words by their first letters, for those that are not typed to their end. */
  private readonly byStart = new Map<string, string[]>();
  private readonly startLength: number;
  private readonly mostWords: number;

  /**
   * @param startLength how many letters must be typed until the beginning of a word is enough
   * @param mostWords a word that would be one more is left out: a language has fewer
   */
  constructor(options: { startLength: number; mostWords: number }) {
    this.startLength = options.startLength;
    this.mostWords = options.mostWords;
  }

  add(word: string, document: number): void {
    const known = this.documents.get(word);
    if (known) {
      if (known[known.length - 1] !== document) known.push(document);
      return;
    }
    if (this.documents.size >= this.mostWords) return;
    this.documents.set(word, [document]);
    if (word.length < this.startLength) return;
    const start = word.slice(0, this.startLength);
    const others = this.byStart.get(start);
    if (others) others.push(word);
    else this.byStart.set(start, [word]);
  }

  /** The lists of all words that fit; one document may be in several. */
  find(word: string, { isBeginning }: { isBeginning: boolean }): readonly (readonly number[])[] {
    const exact = this.documents.get(word);
    if (!isBeginning || word.length < this.startLength) return exact ? [exact] : [];
    const lists: (readonly number[])[] = [];
    for (const other of this.byStart.get(word.slice(0, this.startLength)) ?? []) {
      const list = other.startsWith(word) ? this.documents.get(other) : undefined;
      if (list) lists.push(list);
    }
    return lists;
  }
}
