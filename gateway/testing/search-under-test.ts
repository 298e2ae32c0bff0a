import * as v from 'valibot';
import { expect, vi } from 'vitest';
import { searchResponseSchema } from '../../core/api/search.ts';
import type { GatewayLimits } from '../context.ts';
import { type GatewayUnderTest, startGateway } from './gateway-under-test.ts';
import { type Answer, type Origin, startOrigin } from './origin.ts';

export const FERRY = {
  wrapperType: 'track',
  kind: 'podcast',
  collectionName: 'Night Ferry',
  artistName: 'Ada Example',
  feedUrl: 'https://ferry.example/feed.xml',
  artworkUrl600: 'https://ferry.example/600.jpg',
  trackCount: 42,
};

export let origin: Origin;
export let gateway: GatewayUnderTest;
let answer: Answer;

export const says = (value: unknown): Answer => {
  return (_, response) => response.end(typeof value === 'string' ? value : JSON.stringify(value));
};
export const finds = (...results: unknown[]) => says({ resultCount: results.length, results });

/** Call before each test. */
export async function begin(): Promise<void> {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  answer = finds(FERRY);
  origin = await startOrigin((request, response) => answer(request, response));
  gateway = await start();
}

/** Call after each test. */
export async function end(): Promise<void> {
  vi.restoreAllMocks();
  await gateway.close();
  await origin.close();
}

/** Another one, with other settings. */
export async function restart(...settings: Parameters<typeof start>): Promise<void> {
  await gateway.close();
  gateway = await start(...settings);
}

/** From now on the directory answers so. */
export function answerWith(next: Answer): void {
  answer = next;
}

function start(env: Record<string, string> = {}, limits: Partial<GatewayLimits> = {}) {
  return startGateway({
    allowAddresses: [origin.address],
    limits,
    env: { GATEWAY_ITUNES_URL: origin.url('/'), GATEWAY_PODCASTINDEX_URL: origin.url('/'), ...env },
  });
}

export const ask = (query: string, init?: RequestInit) =>
  gateway.request(`/api/search?q=${encodeURIComponent(query)}`, init);

export async function results(query = 'ferry') {
  const response = await ask(query);
  expect(response.status).toBe(200);
  return v.parse(searchResponseSchema, await response.json()).results;
}
