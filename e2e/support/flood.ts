import type { Page } from '@playwright/test';

/** What became of a flood. */
export interface Flood {
  posted: number;
  /** How many of them were envelopes with one port, and so must be answered. */
  asked: number;
  answered: number;
  /** How many were answered with a result, and how many with each error code. */
  outcomes: Record<string, number>;
}

/**
 * Has a page post to the worker of its scope as fast as asked: hostile and valid messages in turn.
 * Resolves when the last one is posted and every request in it is answered: the test's own end is its
 * timeout.
 */
export function flood(page: Page, options: { perSecond: number; forMs: number }): Promise<Flood> {
  return page.evaluate(async ({ perSecond, forMs }) => {
    const worker = (await navigator.serviceWorker.ready).active;
    if (!worker) throw new Error('no worker');
    const post = (data: unknown, ports: MessagePort[] = []) => worker.postMessage(data, ports);
    const port = () => new MessageChannel().port2;
    const of = (type: string, params: unknown, more: object = {}) => ({
      protocol: 1,
      kind: 'request',
      id: crypto.randomUUID(),
      type,
      params,
      ...more,
    });
    let deep: unknown = {};
    for (let depth = 0; depth < 500; depth += 1) deep = { deep };
    const ownProto = JSON.parse('{"__proto__":{"protocol":1},"protocol":1}');
    const episodeId = 'nobody-s-episode';
    const long = 'x'.repeat(10_000);

    const outcomes: Record<string, number> = {};
    let asked = 0;
    let answered = 0;
    const ask = (type: string, params: unknown, more: object = {}) => {
      const { port1, port2 } = new MessageChannel();
      asked += 1;
      port1.onmessage = ({ data }) => {
        if (data.kind === 'accepted') return;
        const code = data.kind === 'error' ? data.code : data.kind;
        outcomes[code] = (outcomes[code] ?? 0) + 1;
        answered += 1;
        port1.close();
      };
      post(of(type, params, more), [port2]);
    };

    const messages: (() => void)[] = [
      () => post('SKIP_WAITING'),
      () => post({ type: 'SKIP_WAITING', junk: 1 }),
      () => post(null),
      () => post([of('worker/version', {})], [port()]),
      () => post(of('worker/version', {})),
      () => post(of('worker/version', {}), [port(), port()]),
      () => post(of('worker/version', {}), Array.from({ length: 20 }, port)),
      () => post(ownProto, [port()]),
      () => post(deep, [port()]),
      () => post(of(long, {}), [port()]),
      () => post(of('worker/version', {}, { extra: long }), [port()]),
      () => post(new Map([['protocol', 1]]), [port()]),
      () => ask('download/stop', {}),
      () => ask('__proto__', {}),
      () => ask('worker/version', new Map()),
      () => ask('worker/version', {}, { protocol: 2 }),
      () => ask('download/start', { episodeId, url: 'https://example.com' }),
      () => ask('download/start', { episodeId }),
      () => ask('download/pause', { episodeId }),
      () => ask('download/delete', { episodeId }),
      () => ask('downloads/advance', {}),
      () => ask('worker/version', {}),
      () => ask('playback/save', { episodeId, positionS: 1 }),
      () => ask('cache/keep', { artworkOf: Array.from({ length: 200 }, () => episodeId) }),
      () => ask('podcast/subscribe', { address: 'not an address' }),
      () => post(of('downloads/progress', {}, { kind: 'stream' }), [port()]),
    ];

    const startedAt = performance.now();
    const total = (perSecond * forMs) / 1000;
    let posted = 0;
    await new Promise<void>((resolve) => {
      const timer = setInterval(() => {
        const due = Math.min(total, ((performance.now() - startedAt) * perSecond) / 1000);
        for (; posted < due; posted += 1) messages[posted % messages.length]?.();
        if (posted < total) return;
        clearInterval(timer);
        resolve();
      }, 10);
    });
    while (answered < asked) await new Promise((resolve) => setTimeout(resolve, 50));
    return { posted, asked, answered, outcomes };
  }, options);
}
