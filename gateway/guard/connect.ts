import { lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { AddressRefusedError, isPublicHost, isPublicIp } from './addresses.ts';

/** Where names are looked up; `dns.lookup` unless a test says otherwise. */
export type Lookup = typeof systemLookup;

/**
 * Opens the connections of an undici Agent, and is the last to look: the name is resolved here,
 * every address it has must be public, and the socket goes to exactly those addresses. Nothing
 * is resolved a second time, so an answer that changes between two questions gains nothing.
 */
export function guardedConnector(options: {
  allowAddresses: readonly string[];
  connectTimeoutMs: number;
  lookup?: Lookup;
}): buildConnector.connector {
  const { allowAddresses, connectTimeoutMs: timeout, lookup = systemLookup } = options;
  const openGuarded = buildConnector({ timeout, lookup: publicOnly(lookup) });
  const openExempt = buildConnector({ timeout, lookup });
  return (target, callback) => {
    const port = target.port || (target.protocol === 'https:' ? '443' : '80');
    const host = target.hostname.includes(':') ? `[${target.hostname}]` : target.hostname;
    if (allowAddresses.includes(`${host}:${port}`)) return openExempt(target, callback);
    // A socket never looks up a host that is an address already.
    if (!isPublicHost(target.hostname)) return callback(new AddressRefusedError(host), null);
    return openGuarded(target, callback);
  };
}

function publicOnly(lookup: Lookup): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, []);
      const first = addresses[0];
      if (first === undefined || !addresses.every(({ address }) => isPublicIp(address))) {
        return callback(new AddressRefusedError(hostname), []);
      }
      if (options.all) return callback(null, addresses);
      return callback(null, first.address, first.family);
    });
  };
}
