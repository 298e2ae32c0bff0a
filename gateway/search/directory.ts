/** A directory of podcasts somewhere else, behind the one interface that the gateway knows. */
export interface Directory {
  /** For whoever reads a log. */
  name: string;
  /** How often it lets itself be asked, by everybody together. */
  requests: { burst: number; perSecond: number };
  question(query: string, now: number): Promise<Question>;
  /** What its answer says, unclean; `undefined` where that is no answer of its own. */
  read(answer: unknown): Iterable<Candidate> | undefined;
}

export interface Question {
  url: URL;
  headers: Record<string, string>;
}

/** One podcast in the words of a stranger: any text may be anything. */
export interface Candidate {
  title: string | undefined;
  author: string | undefined;
  feedUrl: string | undefined;
  imageUrl: string | undefined;
  description: string | undefined;
  episodeCount: number | undefined;
}
