import type { FeedRequest } from '../../../../core/api/feed-request.ts';
import type { FeedResult } from '../../../../core/api/feeds.ts';
import { FEEDS_PATH, SEARCH_PATH } from '../../../../core/api/paths.ts';
import type { Failure } from '../../../../core/model/failure.ts';
import { SILENT_FEED } from '../../../../core/model/parsed-feed.ts';
import { baseUrl } from '../../bare-context.ts';
import { anItem } from '../../feed-server.ts';
import type { Fault } from '../faults.ts';
import { abortable } from '../network.ts';
import type { World } from '../world.ts';
import type { Deliveries } from './deliveries.ts';

const FAULTS = [
  'unreachable',
  'unreachable',
  'answer-lost',
  'answer-lost',
  'answer-lost',
  'reset',
  'stall',
  'slow',
  'denied',
  'gone',
  'not-found',
  'refused',
  'too-many-requests',
  'too-many-requests',
  'server-error',
  'unavailable',
  'sign-in-page',
] as const satisfies Fault[];

type FarFault = (typeof FAULTS)[number];

/** A feed, or what the directory knows of one question. It grows, and every answer says how far. */
export interface Subject {
  /** A feed's address; `search` and the question. */
  readonly target: string;
  version: number;
  /** What is wrong with it for good, until somebody mends it. */
  ailment: 'stall' | 'server-error' | 'denied' | undefined;
}

/** The gateway, with its feeds and its directory. It applies each key once, and answers it alike ever after. */
export class FarSide {
  readonly subjects = new Map<string, Subject>();
  private readonly answers = new Map<string, { body: unknown; version: number }>();
  private readonly world: World;
  private readonly deliveries: Deliveries;

  constructor(world: World, targets: readonly string[], deliveries: Deliveries) {
    this.world = world;
    this.deliveries = deliveries;
    for (const target of targets) {
      this.subjects.set(target, { target, version: 1, ailment: undefined });
    }
  }

  /** `fetch` as one life of the worker has it. */
  fetchOf(lifeId: string): (input: RequestInfo | URL, init?: RequestInit) => Promise<Response> {
    return async (input, init = {}) => {
      const url = new URL(String(input));
      const key = new Headers(init.headers).get('idempotency-key') ?? undefined;
      if (key) this.deliveries.begins(lifeId, key);
      try {
        return await abortable(this.exchange(lifeId, url, init, key), init.signal);
      } finally {
        if (key) this.deliveries.ends(lifeId, key);
      }
    };
  }

  private async exchange(
    lifeId: string,
    url: URL,
    init: RequestInit,
    key: string | undefined,
  ): Promise<Response> {
    const { world } = this;
    await this.travel();
    // No host of a feed lets pages read it, and behind a sign-in page none is there at all.
    if (url.origin !== baseUrl.origin) throw new TypeError('Failed to fetch');
    const request = requestOf(url, init);
    const subject = request && this.subjects.get(request.target);
    if (!subject) return new Response('nothing here', { status: 404 });
    const fault = subject.ailment ?? world.draw(FAULTS);
    world.note(`${lifeId} asks for ${subject.target} ${key ?? ''}: ${fault ?? 'good'}`);
    if (fault === 'unreachable') throw new TypeError('Failed to fetch');
    if (fault === 'stall') return new Promise(() => undefined);
    const refusal = fault && this.refusal(fault, subject.target);
    if (refusal) {
      await this.travel();
      return refusal;
    }
    const { body, version } = this.apply(subject, request.feed, key);
    if (fault === 'slow') await world.time.pause(world.dice.pick([4_000, 15_000, 70_000]));
    await this.travel();
    if (fault === 'answer-lost') throw new TypeError('network error');
    const text = JSON.stringify(body);
    if (fault === 'reset') return new Response(brokenOff(text));
    this.deliveries.answered(lifeId, subject.target, version);
    return new Response(text);
  }

  /** A piece of the way between device and gateway. */
  private async travel(): Promise<void> {
    const { time, dice } = this.world;
    await time.pause(dice.pick([3, 20, 150, 800, 2_500]));
    if (!this.world.isOnline) throw new TypeError('Failed to fetch');
  }

  private apply(subject: Subject, feed: FeedRequest | undefined, key: string | undefined) {
    const known = key === undefined ? undefined : this.answers.get(key);
    if (known) return known;
    const { version } = subject;
    const body = feed ? { results: [feedResult(feed, version)] } : { results: [found(version)] };
    const answer = { body, version };
    if (key !== undefined) {
      this.answers.set(key, answer);
      this.deliveries.applied(key);
    }
    return answer;
  }

  private refusal(fault: FarFault | Subject['ailment'], target: string): Response | undefined {
    const { dice } = this.world;
    const isFeed = !target.startsWith('search ');
    const ofFeed = (failure: Failure) =>
      isFeed ? Response.json({ results: [{ status: 'failed', failure }] }) : says(404, {});
    switch (fault) {
      case 'denied':
        return ofFeed({ code: 'feed-denied', status: dice.pick([401, 403]) });
      case 'gone':
        return ofFeed({ code: 'feed-not-found', status: 410 });
      case 'not-found':
        return ofFeed({ code: 'feed-broken' });
      case 'refused':
        return says(dice.pick([401, 403, 410]), {});
      case 'too-many-requests':
        return says(429, { 'retry-after': String(dice.between(0, 900)) });
      case 'server-error':
        return says(dice.pick([408, 425, 500, 502]), {});
      case 'unavailable':
        return says(503, { 'retry-after': dice.pick(['5', '99999999', 'soon']) });
      case 'sign-in-page':
        return new Response('<!doctype html><title>Log in</title>');
      default:
        return undefined;
    }
  }
}

function requestOf(url: URL, { body }: RequestInit) {
  if (url.pathname === `/${SEARCH_PATH}`) {
    return { target: `search ${url.searchParams.get('q')}`, feed: undefined };
  }
  if (url.pathname !== `/${FEEDS_PATH}`) return undefined;
  const { feeds }: { feeds: FeedRequest[] } = JSON.parse(String(body));
  return { target: feeds[0]?.url ?? '', feed: feeds[0] };
}

/** A version is a number of episodes. */
function feedResult({ url, etag }: FeedRequest, version: number): FeedResult {
  const now = `"${version}"`;
  if (etag === now) return { status: 'not-modified' };
  const episodes = Array.from({ length: version }, (_, index) => anItem(`${index + 1}`));
  const feed = { title: 'A podcast', ...SILENT_FEED, episodes };
  return { status: 'fetched', feedUrl: url, etag: now, feed, relayTokens: [] };
}

function found(version: number) {
  return { title: String(version), feedUrl: 'https://found.example/feed.xml' };
}

function says(status: number, headers: Record<string, string>): Response {
  return Response.json({ failure: { code: 'unexpected', detail: '' } }, { status, headers });
}

function brokenOff(text: string): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text.slice(0, text.length / 2));
  let isSent = false;
  return new ReadableStream({
    pull(controller) {
      if (isSent) return controller.error(new TypeError('network error'));
      isSent = true;
      controller.enqueue(bytes);
    },
  });
}
