import { accountName } from './guard/limits.ts';

/** A client that lost an answer asks again within minutes, or has a new network and time. */
const KEPT_MS = 10 * 60_000;
const LIMIT_BYTES = 32 * 1024 * 1024;
/** Of what one answer may weigh, in the two bytes of a character. */
const LARGEST_BYTES = 8 * 1024 * 1024;

interface Run {
  text: string;
  /** One that failed may be better the next time. */
  isFinal: boolean;
}

interface Answer<R> {
  request: string;
  run: Promise<R>;
  /** 0 until it is known. */
  sizeBytes: number;
  askedAt: number;
}

/**
 * Answers a repeated request with its first answer: a client whose connection broke cannot know
 * whether it was heard (https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-idempotency-key-header).
 * Kept in memory alone; what is forgotten is done once more, which for everything here is the same.
 */
export class AnswersByKey<R extends Run> {
  private readonly answers = new Map<string, Answer<R>>();
  private readonly now: () => number;
  private sizeBytes = 0;

  constructor(now: () => number) {
    this.now = now;
  }

  /**
   * The answer to `request` under `key`, by `run` if need be. Those who ask meanwhile wait for the
   * same run. Only a final answer is kept.
   */
  async once(
    { client, key, request }: { client: string; key: string; request: string },
    begin: () => Promise<R>,
  ): Promise<R | 'another-request'> {
    this.forgetOld();
    const name = `${accountName(client)} ${key}`;
    const known = this.answers.get(name);
    if (known) return known.request === request ? known.run : 'another-request';
    const run = begin();
    const answer = { request, run, sizeBytes: 0, askedAt: this.now() };
    this.answers.set(name, answer);
    try {
      const result = await run;
      const sizeBytes = result.text.length * 2;
      if (result.isFinal && sizeBytes <= LARGEST_BYTES) this.keep(answer, sizeBytes);
      else this.answers.delete(name);
      return result;
    } catch (error) {
      this.answers.delete(name);
      throw error;
    }
  }

  private keep(answer: Answer<R>, sizeBytes: number): void {
    answer.sizeBytes = sizeBytes;
    this.sizeBytes += sizeBytes;
    for (const [name, { sizeBytes: freed }] of this.answers) {
      if (this.sizeBytes <= LIMIT_BYTES) return;
      // A run that others wait for weighs nothing yet.
      if (freed > 0) this.forget(name, freed);
    }
  }

  /** In the order in which they came, so the first young one ends it. */
  private forgetOld(): void {
    for (const [name, { askedAt, sizeBytes }] of this.answers) {
      if (Math.abs(this.now() - askedAt) < KEPT_MS) return;
      if (sizeBytes > 0) this.forget(name, sizeBytes);
    }
  }

  private forget(name: string, sizeBytes: number): void {
    this.answers.delete(name);
    this.sizeBytes -= sizeBytes;
  }
}
