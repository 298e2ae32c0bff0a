import { accountName } from './guard/limits.ts';

/** A client that lost an answer asks again within minutes, or has a new network and time. */
const KEPT_MS = 10 * 60_000;
const LIMIT_BYTES = 32 * 1024 * 1024;
/** A part of it: nobody makes the answers of all others be forgotten. */
const CLIENT_LIMIT_BYTES = 8 * 1024 * 1024;
/** What an answer weighs beside its text, more or less. */
const ENTRY_BYTES = 1024;
/** More than an app, or the several of a household, has under way. */
const MAX_RUNS_PER_CLIENT = 16;

interface Run {
  text: string;
  /** One that failed may be better the next time. */
  isFinal: boolean;
}

interface Answer<R> {
  client: string;
  /** The request itself may be long. */
  digest: string;
  run: Promise<R>;
  /** 0 until it is known. */
  sizeBytes: number;
  askedAt: number;
}

interface Account {
  sizeBytes: number;
  /** Under way. */
  runs: number;
}

/**
 * Answers a repeated request with its first answer: a client whose connection broke cannot know
 * whether it was heard (https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-idempotency-key-header).
 * Kept in memory alone; what is forgotten is done once more, which for everything here is the same.
 */
export class AnswersByKey<R extends Run> {
  private readonly answers = new Map<string, Answer<R>>();
  /** What each client has here, and all of them together. */
  private readonly accounts = new Map<string, Account>();
  private readonly all: Account = { sizeBytes: 0, runs: 0 };
  private readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
  }

  /**
   * The answer to `request` under `key`, by `begin` if need be. Those who ask meanwhile wait for the
   * same run. Only a final answer is kept.
   */
  async once(
    { client: address, key, request }: { client: string; key: string; request: string },
    begin: () => Promise<R>,
  ): Promise<R | 'another-request' | 'too-many'> {
    const digest = await digestOf(request);
    this.forgetOld();
    const client = accountName(address);
    const name = `${client} ${key}`;
    const known = this.answers.get(name);
    if (known) return known.digest === digest ? known.run : 'another-request';
    if (this.accountOf(client).runs >= MAX_RUNS_PER_CLIENT) return 'too-many';
    const run = begin();
    const answer = { client, digest, run, sizeBytes: 0, askedAt: this.now() };
    this.answers.set(name, answer);
    this.count(client, { sizeBytes: 0, runs: 1 });
    try {
      const result = await run;
      // In the two bytes of a character.
      const sizeBytes = ENTRY_BYTES + result.text.length * 2;
      if (result.isFinal && sizeBytes <= CLIENT_LIMIT_BYTES) this.keep(answer, sizeBytes);
      else this.answers.delete(name);
      return result;
    } catch (error) {
      this.answers.delete(name);
      throw error;
    } finally {
      this.count(client, { sizeBytes: 0, runs: -1 });
    }
  }

  private keep(answer: Answer<R>, sizeBytes: number): void {
    const { client } = answer;
    answer.sizeBytes = sizeBytes;
    this.count(client, { sizeBytes, runs: 0 });
    for (const [name, it] of this.answers) {
      const isOver = this.accountOf(client).sizeBytes > CLIENT_LIMIT_BYTES;
      if (!isOver && this.all.sizeBytes <= LIMIT_BYTES) return;
      // A run that others wait for weighs nothing yet.
      if (it.sizeBytes > 0 && (!isOver || it.client === client)) this.forget(name, it);
    }
  }

  /** In the order in which they came, so the first young one ends it. */
  private forgetOld(): void {
    for (const [name, answer] of this.answers) {
      if (Math.abs(this.now() - answer.askedAt) < KEPT_MS) return;
      if (answer.sizeBytes > 0) this.forget(name, answer);
    }
  }

  private forget(name: string, { client, sizeBytes }: Answer<R>): void {
    this.answers.delete(name);
    this.count(client, { sizeBytes: -sizeBytes, runs: 0 });
  }

  private accountOf(client: string): Account {
    return this.accounts.get(client) ?? { sizeBytes: 0, runs: 0 };
  }

  private count(client: string, { sizeBytes, runs }: Account): void {
    const account = this.accountOf(client);
    for (const it of [account, this.all]) {
      it.sizeBytes += sizeBytes;
      it.runs += runs;
    }
    if (account.sizeBytes === 0 && account.runs === 0) this.accounts.delete(client);
    else this.accounts.set(client, account);
  }
}

async function digestOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return String.fromCharCode(...new Uint8Array(digest));
}
