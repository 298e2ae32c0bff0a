import type { BrowserOptions } from '../support/browser.ts';
import type { Comparison } from './figures.ts';
import { type Episode, MeasuredApp } from './measured-app.ts';
import { peakGrowthMb } from './memory.ts';
import { seekTimes } from './seeks.ts';
import { wholeBackgroundFetch } from './whole-background-fetch.ts';

const MB = 1_000_000;
const small: Episode = { title: 'Sixty', sizeBytes: 60 * MB };
const large: Episode = { title: 'Three hundred', sizeBytes: 300 * MB };
/** How often each is stored and thrown away, in turn. */
const rounds = new Map([
  [small, 4],
  [large, 2],
]);
const LINK_MB_PER_S = 10;
const CONNECTION_MB_PER_S = 2;

/** The worker fetches by itself, as wherever there is no Background Fetch. */
export async function foregroundDownloads(options: BrowserOptions): Promise<Comparison[]> {
  const where = `foreground, ${options.browserKind}`;
  const memory = await peakMemory(options, 'foreground', where);
  const measured = await MeasuredApp.start(options, 'foreground', [small, large]);
  try {
    const stored = await storedBesideDiscarded(measured, where, 0.2);
    const link = await shareOfLink(measured, where);
    const seeks = await seekTimes(measured, small, large, options.browserKind);
    return [...stored, ...memory, ...link, ...seeks];
  } finally {
    await measured.close();
  }
}

/** As in Chromium: the browser fetches segment by segment, the worker harvests. */
export async function backgroundDownloads(options: BrowserOptions): Promise<Comparison[]> {
  const where = `Background Fetch, ${options.browserKind}`;
  const memory = await peakMemory(options, 'background-fetch', where);
  const measured = await MeasuredApp.start(options, 'background-fetch', [small, large]);
  try {
    const stored = await storedBesideDiscarded(measured, where, 0.1);
    return [...stored, ...memory, await gainOfSegments(measured, where)];
  } finally {
    await measured.close();
  }
}

/** MB per second from the first look at the host until it is Downloaded. */
async function storedBesideDiscarded(
  measured: MeasuredApp,
  where: string,
  atLeast: number,
): Promise<Comparison[]> {
  // The first download after the browser's start takes seconds longer to begin.
  await measured.download(small);
  await measured.delete(small);
  const rows: Comparison[] = [];
  for (const [episode, times] of rounds) {
    const ours: number[] = [];
    const peer: number[] = [];
    for (let round = 0; round < times; round += 1) {
      peer.push(mbPerS(episode, await measured.discard(episode)));
      const { lookedAt, finishedAt } = await measured.download(episode);
      ours.push(mbPerS(episode, finishedAt - lookedAt));
      await measured.delete(episode);
    }
    const name = `${sizeOf(episode)} stored beside thrown away, ${where}`;
    rows.push({ name, unit: 'MB/s', ours, peer, goal: { atLeast } });
  }
  return rows;
}

/** Each in a browser that has just been started: what was grown into once is not given back soon. */
async function peakMemory(
  options: BrowserOptions,
  engine: 'foreground' | 'background-fetch',
  where: string,
): Promise<Comparison[]> {
  const ours = await grownMb(options, engine, (measured, episode) => measured.download(episode));
  const peer = await grownMb(options, engine, (measured, episode) => measured.discard(episode));
  const name = `peak memory (PSS) over the start, ${sizeOf(large)}`;
  return [
    { name: `${name}, ${where}`, unit: 'MB', ours: [ours], goal: { atMost: 100 } },
    { name: `${name}, beside thrown away, ${where}`, unit: 'MB', ours: [ours], peer: [peer] },
  ];
}

async function grownMb(
  options: BrowserOptions,
  engine: 'foreground' | 'background-fetch',
  work: (measured: MeasuredApp, episode: Episode) => Promise<unknown>,
): Promise<number> {
  const measured = await MeasuredApp.start(options, engine, [small, large]);
  try {
    await work(measured, small);
    return await peakGrowthMb(measured.profile.pid(), () => work(measured, large));
  } finally {
    await measured.close();
  }
}

/** Leaves both episodes downloaded. */
async function shareOfLink(measured: MeasuredApp, where: string): Promise<Comparison[]> {
  const rows: Comparison[] = [];
  const lateMs: number[] = [];
  for (const episode of rounds.keys()) {
    const times = await measured.atPace(episode, LINK_MB_PER_S * MB, () =>
      measured.download(episode),
    );
    const { beganAt, lastByteAt, finishedAt } = times;
    rows.push({
      name: `share of a link of ${LINK_MB_PER_S} MB/s, ${sizeOf(episode)}, ${where}`,
      unit: 'MB/s',
      ours: [mbPerS(episode, finishedAt - beganAt)],
      peer: [LINK_MB_PER_S],
      goal: { atLeast: 0.95 },
    });
    lateMs.push(finishedAt - lastByteAt);
  }
  rows.push({
    name: `last byte to Downloaded, ${where}`,
    unit: 's',
    ours: lateMs.map((ms) => ms / 1000),
    goal: { atMost: 0.5 },
  });
  return rows;
}

async function gainOfSegments(measured: MeasuredApp, where: string): Promise<Comparison> {
  const pace = CONNECTION_MB_PER_S * MB;
  const { lookedAt, finishedAt } = await measured.atPace(small, pace, () =>
    measured.download(small),
  );
  const wholeMs = await measured.atPace(small, pace, () => wholeBackgroundFetch(measured, small));
  return {
    name: `segments beside one whole request, ${CONNECTION_MB_PER_S} MB/s per connection, ${where}`,
    unit: 'MB/s',
    ours: [mbPerS(small, finishedAt - lookedAt)],
    peer: [mbPerS(small, wholeMs)],
    goal: { atLeast: 1.8 },
  };
}

function mbPerS({ sizeBytes }: Episode, ms: number): number {
  return sizeBytes / MB / (ms / 1000);
}

function sizeOf({ sizeBytes }: Episode): string {
  return `${sizeBytes / MB} MB`;
}
