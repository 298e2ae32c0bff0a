import type { Origin } from './origin.ts';
import type { World } from './world.ts';

/** The hosts of all episodes, by the address of the enclosure. */
export type Hosts = ReadonlyMap<string, Origin>;

/** `fetch` as the worker has it: over a link with latency, to hosts that may do anything. */
export function fetchOver(world: World, hosts: Hosts) {
  return async (input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> => {
    const { signal, ...rest } = init;
    const request = new Request(input, rest);
    const range = request.headers.get('range') ?? request.mode;
    await abortable(world.time.pause(world.dice.between(2, 60)), signal);
    const origin = hosts.get(request.url.split('#', 1)[0] ?? '');
    if (!world.isOnline || !origin) {
      world.note(`fetch ${range}: no way`);
      throw new TypeError('Failed to fetch');
    }
    const { host } = origin;
    if (request.mode === 'no-cors') return host.answerToPage(request);
    const { fault, answer } = origin.next();
    host.next(answer);
    const response = host.answerToPage(request);
    world.note(`fetch ${range}: ${response.status} ${fault ?? ''}`);
    return paced(world, response, signal, paceMs(world, fault !== undefined));
  };
}

/** How long a piece of a body takes. */
function paceMs(world: World, isFaulty: boolean): number {
  if (!isFaulty && world.dice.chance(world.faultRate / 4)) {
    world.strike('slow');
    return 9_000;
  }
  return world.dice.pick([1, 5, 20, 100, 400]);
}

/** A body that comes piece by piece, stops with the link, and ends when nobody wants it any more. */
function paced(
  world: World,
  { status, headers, body }: Response,
  signal: AbortSignal | null | undefined,
  pieceMs: number,
): Response {
  const reader = body?.getReader();
  if (!reader) return new Response(null, { status, headers });
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const piece = async () => {
          await world.time.pause(pieceMs);
          if (!world.isOnline) throw new TypeError('network error');
          return reader.read();
        };
        const { done, value } = await abortable(piece(), signal);
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  return new Response(stream, { status, headers });
}

/** The same, but over at once when the signal says so. */
export function abortable<T>(work: Promise<T>, signal: AbortSignal | null | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const give = () => reject(signal.reason);
    if (signal.aborted) return give();
    signal.addEventListener('abort', give, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', give));
  });
}
