import { upgradeWebSocket } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import { Agent, fetch } from 'undici';
import type { GatewayContext } from './context.ts';
import { guardedConnector, type Lookup } from './guard/connect.ts';
import { importTokenKey } from './guard/tokens.ts';
import { loadSecret } from './secret.ts';
import type { Settings } from './settings.ts';

/** Our own limits end requests; this is for connections that ours have already given up on. */
const CONNECT_TIMEOUT_MS = 60_000;

/** A gateway's context on Node, and what gives its connections back in the end. */
export interface NodeContext {
  context: GatewayContext;
  close(): Promise<void>;
}

/** `lookup` replaces the system's name resolution, for tests. */
export async function createNodeContext(
  settings: Settings,
  options: { lookup?: Lookup } = {},
): Promise<NodeContext> {
  const { config, secret, dataFolder, trustProxy } = settings;
  const agent = new Agent({
    connect: guardedConnector({
      allowAddresses: config.allowAddresses,
      connectTimeoutMs: CONNECT_TIMEOUT_MS,
      ...options,
    }),
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const closed = new AbortController();
  return {
    context: {
      fetch: (url, init) => fetch(url, { ...init, dispatcher: agent }),
      now: Date.now,
      tokenKey: await importTokenKey(secret ?? (await loadSecret(dataFolder))),
      clientAddress: (c) => {
        // The last entry is the proxy's own; those before it are whatever the client claims.
        const forwarded = trustProxy
          ? c.req.header('x-forwarded-for')?.split(',').at(-1)
          : undefined;
        return forwarded?.trim() || (getConnInfo(c).remote.address ?? 'unknown');
      },
      upgradeWebSocket,
      closed: closed.signal,
      config,
    },
    close: () => {
      closed.abort();
      return agent.destroy();
    },
  };
}
