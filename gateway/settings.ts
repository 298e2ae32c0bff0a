import {
  DEFAULT_LIMITS,
  type GatewayConfig,
  type PollPace,
  type SearchSettings,
} from './context.ts';
import { hostAndPort } from './guard/addresses.ts';

/** What the environment says, checked. See the README for what each variable means. */
export interface Settings {
  port: number;
  /** Where to listen; `undefined` for this machine alone, by both its addresses. */
  host: string | undefined;
  secret: string | undefined;
  dataFolder: string;
  /** Requests come through a proxy that says in X-Forwarded-For who sent them. */
  trustProxy: boolean;
  config: GatewayConfig;
}

/** A setting that cannot be used; the message is for whoever starts the server. */
export class SettingError extends Error {}

const MIN_SECRET_LENGTH = 32;

export function readSettings(env: Record<string, string | undefined>): Settings {
  const secret = env.GATEWAY_SECRET || undefined;
  if (secret !== undefined && secret.length < MIN_SECRET_LENGTH) {
    throw new SettingError(`GATEWAY_SECRET needs at least ${MIN_SECRET_LENGTH} characters.`);
  }
  const origin = readOrigin(env.GATEWAY_ORIGIN);
  return {
    port: readPort(env.PORT),
    host: env.HOST || undefined,
    secret,
    dataFolder: env.GATEWAY_DATA || '.gateway',
    trustProxy: env.GATEWAY_TRUST_PROXY === '1',
    config: {
      allowAddresses: readAddresses(env.GATEWAY_ALLOW_ADDRESSES),
      ownHosts: origin ? [origin.hostname] : [],
      https: origin?.protocol === 'https:',
      gatewayOnly: env.GATEWAY_ONLY === '1',
      origin: origin?.origin,
      poll: readPace(env),
      search: readSearch(env),
      limits: DEFAULT_LIMITS,
    },
  };
}

function readPort(text = ''): number {
  if (text === '') return 4173;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) throw new SettingError(`PORT is no port: ${text}`);
  return port;
}

function readPace(env: Record<string, string | undefined>): PollPace {
  const minMs = readSeconds(env, 'GATEWAY_POLL_MIN_S', 5 * 60) * 1000;
  const maxMs = readSeconds(env, 'GATEWAY_POLL_MAX_S', 24 * 60 * 60) * 1000;
  if (minMs > maxMs) throw new SettingError('GATEWAY_POLL_MIN_S is more than GATEWAY_POLL_MAX_S.');
  return { minMs, maxMs };
}

/** More than a day is more than a timer can wait, and than anybody wants. */
function readSeconds(
  env: Record<string, string | undefined>,
  name: string,
  fallback: number,
): number {
  const text = env[name] || String(fallback);
  const seconds = /^\d{1,5}(?:\.\d{1,3})?$/.test(text) ? Number(text) : 0;
  if (seconds > 0 && seconds <= 24 * 60 * 60) return seconds;
  throw new SettingError(`${name} is no number of seconds up to a day: ${text}`);
}

function readSearch(env: Record<string, string | undefined>): SearchSettings {
  const { PODCASTINDEX_KEY: key, PODCASTINDEX_SECRET: secret } = env;
  if (Boolean(key) !== Boolean(secret)) {
    throw new SettingError('PODCASTINDEX_KEY and PODCASTINDEX_SECRET only work together.');
  }
  return {
    itunesUrl: readAddress(env, 'GATEWAY_ITUNES_URL', 'https://itunes.apple.com/'),
    podcastIndexUrl: readAddress(env, 'GATEWAY_PODCASTINDEX_URL', 'https://api.podcastindex.org/'),
    podcastIndexKey: key && secret ? { key, secret } : undefined,
  };
}

function readAddress(env: Record<string, string | undefined>, name: string, fallback: string): URL {
  const text = env[name] || fallback;
  if (URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)) return new URL(text);
  throw new SettingError(`${name} is no address such as ${fallback}: ${text}`);
}

function readOrigin(text = ''): URL | undefined {
  if (text === '') return undefined;
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new SettingError(`GATEWAY_ORIGIN is no origin such as https://example.com: ${text}`);
  }
  return new URL(text);
}

/** Written as `hostAndPort` does it, so that they compare equal and are safe inside a CSP. */
function readAddresses(text = ''): string[] {
  const entries = text.split(',').map((entry) => entry.trim());
  return entries.filter(Boolean).map((entry) => {
    const isHostAndPort = /^[^\s/?#@]+:\d+$/.test(entry) && URL.canParse(`http://${entry}`);
    if (isHostAndPort) return hostAndPort(new URL(`http://${entry}`));
    throw new SettingError(`GATEWAY_ALLOW_ADDRESSES wants host:port, not: ${entry}`);
  });
}
