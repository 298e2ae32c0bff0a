import { FEEDS_PATH } from '../../core/api/paths.ts';
import type { Failure } from '../../core/model/failure.ts';
import type { WorkerContext } from '../context.ts';
import type { Device } from './device.ts';

type Answer = 'cut' | number | Failure | Response;

/** A gateway that answers every feed with the same one, and notes which keys it has applied. */
export class FeedGateway {
  /** Of every request that came, in order. */
  readonly keys: string[] = [];
  /** Each key is applied once, however often it comes. */
  readonly applied = new Set<string>();
  /** What the next requests get in the place of a feed. `cut`: applied, and the answer is lost. */
  readonly answers: Answer[] = [];
  movedTo: string | undefined;
  beforeAnswer: (() => Promise<unknown>) | undefined;
  hold: ((feed: { url: string }) => Promise<void> | undefined) | undefined;
  readonly context: Partial<WorkerContext>;
  private readonly device: Device;

  constructor(device: Device) {
    this.device = device;
    const { fetch } = device.worker;
    this.context = {
      fetch: (input, init) =>
        String(input).endsWith(`/${FEEDS_PATH}`) ? this.answer(init) : fetch(input, init),
    };
  }

  private async answer(init: RequestInit | undefined): Promise<Response> {
    if (!this.device.isOnline) throw new TypeError('Failed to fetch');
    const [feed] = JSON.parse(String(init?.body)).feeds as { url: string }[];
    const key = new Headers(init?.headers).get('idempotency-key') ?? '';
    this.keys.push(key);
    await this.hold?.(feed ?? { url: '' });
    await this.beforeAnswer?.();
    const answer = this.answers.shift();
    if (answer instanceof Response) return answer;
    if (typeof answer === 'number') return new Response('{}', { status: answer });
    if (typeof answer === 'object')
      return Response.json({ results: [{ status: 'failed', failure: answer }] });
    this.applied.add(key);
    if (answer === 'cut') throw new TypeError('Failed to fetch');
    return Response.json({ results: [fetched(this.movedTo ?? feed?.url ?? '')] });
  }
}

function fetched(feedUrl: string) {
  const feed = {
    title: 'A feed',
    funding: [],
    persons: [],
    episodes: [],
  };
  return { status: 'fetched', feedUrl, feed, relayTokens: [] };
}
