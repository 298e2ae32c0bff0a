import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { type BrowserOptions, BrowserProfile } from '../support/browser.ts';
import { type Comparison, percentile } from './figures.ts';
import { IsolatedSite } from './isolated-site.ts';

const ROUNDS = 16;
const PER_ROUND = 150;

/** Answers as fast as a worker can, before the production worker even looks at the message. */
const bareResponder = `self.addEventListener('message', (event) => {
  if (event.data !== 'bare') return;
  event.stopImmediatePropagation();
  event.ports[0].postMessage('answer');
});
`;

/** Ours: `worker/version` through request layer, entrance and handler. Peer: a bare channel to the same worker. */
export async function roundTrip(options: BrowserOptions): Promise<Comparison[]> {
  const requestLayer = await bundle('../../core/messaging/request.ts');
  const site = await IsolatedSite.start({
    '/sw.js': (worker) => bareResponder + worker,
    '/bench-request.js': () => requestLayer,
  });
  const profile = await BrowserProfile.create(options, site.address);
  try {
    const page = await profile.page();
    await page.goto('/');
    await page.addScriptTag({ url: '/bench-request.js' });
    const rounds = await page.evaluate(measure, { rounds: ROUNDS, perRound: PER_ROUND });
    return [50, 95].map((percent) => ({
      name: `request round trip p${percent}, ${options.browserKind}`,
      unit: 'ms',
      ours: rounds.map(({ ours }) => percentile(ours, percent)),
      peer: rounds.map(({ bare }) => percentile(bare, percent)),
      goal: { atMost: 1.5 },
    }));
  } finally {
    await profile.dispose();
    await site.close();
  }
}

/** Runs in the page. The first round warms up and does not count; who begins changes with each. */
async function measure({ rounds, perRound }: { rounds: number; perRound: number }) {
  const { bench } = window as unknown as {
    bench: { request(...parameters: unknown[]): Promise<unknown> };
  };
  const worker = (await navigator.serviceWorker.ready).active;
  if (!worker) throw new Error('no worker');
  const { locks } = navigator;
  const ways = {
    ours: () =>
      bench.request(worker, 'worker/version', {}, { timeoutMs: 10_000, silenceMs: 3_000, locks }),
    bare: () =>
      new Promise<void>((resolve) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => {
          port1.close();
          resolve();
        };
        worker.postMessage('bare', [port2]);
      }),
  };
  const results: { ours: number[]; bare: number[] }[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const result: { ours: number[]; bare: number[] } = { ours: [], bare: [] };
    const order = round % 2 === 0 ? (['ours', 'bare'] as const) : (['bare', 'ours'] as const);
    for (const way of order) {
      for (let n = 0; n < perRound; n += 1) {
        const startedAt = performance.now();
        await ways[way]();
        result[way].push(performance.now() - startedAt);
      }
    }
    if (round > 0) results.push(result);
  }
  return results;
}

/** The real source, as one script that puts what it exports under `bench`. */
async function bundle(source: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      lib: {
        entry: fileURLToPath(new URL(source, import.meta.url)),
        formats: ['iife'],
        name: 'bench',
      },
    },
  });
  const output = Array.isArray(built) ? built[0] : built;
  const chunk = output && 'output' in output ? output.output[0] : undefined;
  if (!chunk) throw new Error(`${source} was not bundled`);
  return chunk.code;
}
