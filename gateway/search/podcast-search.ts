import type { SearchResponse } from '../../core/api/search.ts';
import type { GatewayContext } from '../context.ts';
import { ClientLimits, readBounded } from '../guard/limits.ts';
import { fetchOutbound, hasForeignEncoding, USER_AGENT } from '../outbound.ts';
import { Watchdog } from '../watchdog.ts';
import { AnswerCache } from './answer-cache.ts';
import { cleanAnswer } from './clean.ts';
import type { Directory } from './directory.ts';

/** Directories change slowly, and the same words are typed by many. */
const FRESH_MS = 60 * 60_000;
const CACHE_LENGTH = 8 * 1024 * 1024;

/** One client's share of what the directory gives to all. */
const SHARE = { burst: 0.6, pace: 0.25 };
/** Who has had that much gets what nobody else wants: this part of a burst is left for the others. */
const LEFT_FOR_OTHERS = 0.4;

/** JSON of a `SearchResponse`, or when to ask again. */
export type Answer = { ok: true; body: string } | { ok: false; waitS: number };

/**
 * Asks one directory, and no more often than it allows: answers are kept, and the same question that
 * is asked twice at a time is passed on once. An old answer is better than none.
 */
export class PodcastSearch {
  private readonly context: GatewayContext;
  private readonly directory: Directory;
  private readonly cache = new AnswerCache(CACHE_LENGTH);
  private readonly underWay = new Map<string, Promise<Answer>>();
  private readonly allowance: ClientLimits;
  private readonly shares: ClientLimits;

  constructor(context: GatewayContext, directory: Directory) {
    this.context = context;
    this.directory = directory;
    const { burst, perSecond } = directory.requests;
    this.allowance = limitsOf(directory.requests, context.now);
    const share = { burst: burst * SHARE.burst, perSecond: perSecond * SHARE.pace };
    this.shares = limitsOf(share, context.now);
  }

  /** Never rejects. A question that others wait for as well is not given up when one of them goes. */
  async find(query: string, client: string): Promise<Answer> {
    const cached = this.cache.get(query);
    // A clock that was set back must not keep an answer for years.
    const isFresh = cached && Math.abs(this.context.now() - cached.at) < FRESH_MS;
    if (isFresh) return { ok: true, body: cached.body };
    const asking = this.underWay.get(query) ?? this.ask(query, client);
    this.underWay.set(query, asking);
    const answer = await asking.finally(() => this.underWay.delete(query));
    return answer.ok || !cached ? answer : { ok: true, body: cached.body };
  }

  private async ask(query: string, client: string): Promise<Answer> {
    const { name, requests } = this.directory;
    const hasShare = this.shares.takeRequests(client, 1) === 0;
    const leave = hasShare ? 0 : requests.burst * LEFT_FOR_OTHERS;
    const waitS = this.allowance.takeRequests(name, 1, leave);
    if (waitS > 0) return { ok: false, waitS };
    const { searchTimeoutMs } = this.context.config.limits;
    const watchdog = new Watchdog(searchTimeoutMs, this.context.closed);
    try {
      const results = await watchdog.watch(this.fetchResults(query, watchdog.signal));
      const body = JSON.stringify({ results } satisfies SearchResponse);
      this.cache.set(query, { body, at: this.context.now() });
      return { ok: true, body };
    } catch (error) {
      console.warn(`${this.directory.name} could not be searched:`, String(error));
      return { ok: false, waitS: 30 };
    } finally {
      watchdog.end();
    }
  }

  /** Throws where there is no answer, or none that can be read. */
  private async fetchResults(query: string, signal: AbortSignal) {
    const { config, now } = this.context;
    const { url, headers } = await this.directory.question(query, now());
    const result = await fetchOutbound(this.context, url, {
      method: 'GET',
      headers: { Accept: 'application/json', 'User-Agent': USER_AGENT, ...headers },
      policy: config,
      signal,
      // Whoever the question is sent on to would get the key with it.
      maxRedirects: 0,
    });
    if (result.problem) throw new Error(result.problem);
    const { response } = result;
    if (response.status !== 200) {
      await response.body?.cancel().catch(() => undefined);
      throw new Error(`status ${response.status}`);
    }
    if (hasForeignEncoding(response)) throw new Error('packed in a way that is not known');
    const bytes = await readBounded(response.body, config.limits.searchBytes);
    if (bytes === 'too-large') throw new Error('too large');
    const candidates = this.directory.read(JSON.parse(new TextDecoder().decode(bytes)));
    if (!candidates) throw new Error('not its own kind of answer');
    return cleanAnswer(candidates, config);
  }
}

function limitsOf(requests: Directory['requests'], now: () => number): ClientLimits {
  const unused = { burst: 1, perSecond: 1 };
  return new ClientLimits({ requests, bytes: unused, concurrentStreams: 0 }, now);
}
