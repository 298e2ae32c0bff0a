import { AppServer } from '../support/app-server.ts';
import { wav } from '../support/audio-body.ts';
import { type BrowserOptions, BrowserProfile } from '../support/browser.ts';
import { PodcastOrigin } from '../support/podcast-origin.ts';
import type { Comparison } from './figures.ts';

const EVENTS = 20;
const PATIENCE_MS = 10_000;

/** When each carrier has brought a change, in ms since 1970. */
interface Arrivals {
  socket: number[];
  events: number[];
}

/**
 * From the moment a host is asked for its changed feed to the moment the page hears of it: the
 * gateway's fetching and parsing, and the way to the page. Both carriers bring the same events.
 */
export async function liveLatency(options: BrowserOptions): Promise<Comparison[]> {
  const origin = await PodcastOrigin.start();
  const env = { GATEWAY_POLL_MIN_S: '0.2', GATEWAY_POLL_MAX_S: '0.2' };
  const server = await AppServer.start({ allowAddresses: [origin.host], env });
  const profile = await BrowserProfile.create(options, server.address);
  try {
    const audio = wav({ durationS: 1, seed: 1 });
    const feed = origin.addFeed({ title: 'News', episodes: [{ title: 'First', audio }] });
    const page = await profile.page();
    await page.goto('/');
    await page.evaluate(listen, feed.url);
    const arrivals = () =>
      page.evaluate(() => (window as unknown as { arrivals: Arrivals }).arrivals);
    // What is there now has been seen: from here on, another one is news.
    const seen = feed.resource.requests.length + 2;
    while (feed.resource.requests.length < seen) await page.evaluate(() => undefined);
    const askedAt: number[] = [];
    for (let event = 0; event < EVENTS; event += 1) {
      const wholes = () => feed.resource.requests.filter(({ status }) => status === 200);
      const before = wholes().length;
      feed.publish({ title: `Number ${event}`, audio });
      const giveUpAt = performance.now() + PATIENCE_MS;
      while (
        (await arrivals()).events.length <= event ||
        (await arrivals()).socket.length <= event
      ) {
        if (performance.now() > giveUpAt) throw new Error('no event came');
      }
      askedAt.push(performance.timeOrigin + (wholes()[before]?.at ?? Number.NaN));
    }
    const { socket, events } = await arrivals();
    const since = (times: number[]) =>
      times.map((at, event) => at - (askedAt[event] ?? Number.NaN));
    return [
      {
        name: `a changed feed, server-sent events beside WebSocket, ${options.browserKind}`,
        unit: 'ms',
        ours: since(events),
        peer: since(socket),
      },
    ];
  } finally {
    await profile.dispose();
    await server.close();
    await origin.close();
  }
}

/** Runs in the page: follows the feed twice, and resolves when both lines are open. */
async function listen(url: string): Promise<void> {
  const arrivals: Arrivals = { socket: [], events: [] };
  Object.assign(window, { arrivals });
  const follow = async (): Promise<string> => {
    const response = await fetch('api/live/follows', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ feeds: [{ url }] }),
    });
    return ((await response.json()) as { handle: string }).handle;
  };
  const now = () => performance.timeOrigin + performance.now();
  const socket = new WebSocket(new URL('api/live', document.baseURI).href.replace('http', 'ws'));
  const handle = await follow();
  const hello = () => socket.send(JSON.stringify({ type: 'hello', handle }));
  if (socket.readyState === WebSocket.OPEN) hello();
  else socket.addEventListener('open', hello);
  const socketOpen = new Promise<void>((resolve) => {
    socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
      resolve();
      if (data.includes('feed-changed')) arrivals.socket.push(now());
    });
  });
  const events = new EventSource(`api/live/events?handle=${await follow()}`);
  events.addEventListener('feed-changed', () => arrivals.events.push(now()));
  await new Promise((resolve) => events.addEventListener('position', resolve, { once: true }));
  await socketOpen;
}
