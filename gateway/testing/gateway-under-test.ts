import type { GatewayContext, GatewayLimits } from '../context.ts';
import { createGateway } from '../gateway.ts';
import type { Lookup } from '../guard/connect.ts';
import { type RelayKind, signToken } from '../guard/tokens.ts';
import { createNodeContext } from '../node-context.ts';
import { readSettings } from '../settings.ts';

const SECRET = 'a secret that is long enough for a test';

/** The real gateway with its real guard, asked without a socket; only clock and names may be fake. */
export interface GatewayUnderTest {
  request(path: string, init?: RequestInit): Promise<Response>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  /** A token as the gateway itself would sign it. */
  token(url: string, kind?: RelayKind): Promise<string>;
  context: GatewayContext;
  clock: { now: number };
  close(): Promise<void>;
}

export async function startGateway(
  options: {
    allowAddresses?: string[];
    limits?: Partial<GatewayLimits>;
    lookup?: Lookup;
    env?: Record<string, string>;
  } = {},
): Promise<GatewayUnderTest> {
  const { allowAddresses = [], limits, lookup, env } = options;
  const settings = readSettings({
    GATEWAY_SECRET: SECRET,
    GATEWAY_ALLOW_ADDRESSES: allowAddresses.join(','),
    ...env,
  });
  settings.config.limits = { ...settings.config.limits, ...limits };
  const { context: real, close } = await createNodeContext(settings, lookup && { lookup });
  const clock = { now: 1_800_000_000_000 };
  const context: GatewayContext = {
    ...real,
    now: () => clock.now,
    clientAddress: (c) => c.req.header('x-test-client') ?? 'someone',
  };
  const app = createGateway(context);
  const request = async (path: string, init?: RequestInit) =>
    app.request(`http://podcasts.example${path}`, init);
  return {
    request,
    post: (path, body, headers) =>
      request(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
    token: (url, kind = 'audio') =>
      signToken(context.tokenKey, { url, kind, expiresAt: clock.now + 60_000 }),
    context,
    clock,
    close,
  };
}
