import * as v from 'valibot';
import { RELAY_TOKENS_PATH } from '../../core/api/paths.ts';
import { relayTokensResponseSchema } from '../../core/api/relay-tokens.ts';
import type { WorkerContext } from '../context.ts';

/** A fresh token for one that the gateway signed once; `undefined` where it does not, or is not there. */
export async function exchangeRelayToken(
  context: WorkerContext,
  token: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const response = await context.fetch(new URL(RELAY_TOKENS_PATH, context.baseUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ tokens: [token] }),
      signal,
    });
    return v.parse(relayTokensResponseSchema, await response.json()).tokens[0] ?? undefined;
  } catch {
    return undefined;
  }
}
