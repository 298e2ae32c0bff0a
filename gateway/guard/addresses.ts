import ipaddr from 'ipaddr.js';

/** What the operator decided about addresses. */
export interface AddressPolicy {
  /** `host:port`, let through whatever else is said here. For development and tests. */
  allowAddresses: readonly string[];
  /** Names of this server itself: never fetched, or it could be made to call itself for ever. */
  ownHosts: readonly string[];
}

/** Thrown inside a connection attempt: the name leads to an address that is not public. */
export class AddressRefusedError extends Error {
  constructor(host: string) {
    super(`${host} is not a public address`);
    this.name = 'AddressRefusedError';
  }
}

/** Whether a failed fetch failed because the guard refused to connect. */
export function isAddressRefused(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof AddressRefusedError) return true;
  }
  return false;
}

/** Names that only mean something inside somebody's network, alone or as the end of a name. */
const PRIVATE_NAMES = [
  'localhost',
  'localdomain',
  'local',
  'internal',
  'intranet',
  'private',
  'corp',
  'home',
  'lan',
  'home.arpa',
];

/** Above 1023, where podcasts do live, but where databases and control planes listen as well. */
const DANGEROUS_PORTS = new Set([
  1433, 1521, 1719, 1720, 1723, 2049, 2375, 2376, 2379, 2380, 3306, 3389, 3659, 4045, 4190, 5060,
  5061, 5432, 5900, 5984, 5985, 5986, 6000, 6379, 6443, 6566, 6665, 6666, 6667, 6668, 6669, 6679,
  6697, 9042, 9200, 9300, 10080, 10250, 11211, 27017,
]);

/** Azure's control plane: a public number that means the machine's own host. */
const METADATA_IN_PUBLIC_RANGE = '168.63.129.16';

const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/**
 * Whether an IP address, in any spelling, can only be a machine of the public internet. Addresses
 * that carry another one inside (mapped, NAT64, 6to4, Teredo, ISATAP) are not: where they lead is
 * decided by somebody else's router.
 */
export function isPublicIp(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const ip = ipaddr.parse(address);
  if (ip.range() !== 'unicast') return false;
  if (ip instanceof ipaddr.IPv4) return ip.toString() !== METADATA_IN_PUBLIC_RANGE;
  const isIsatap = ip.parts[5] === 0x5efe && (ip.parts[4] === 0 || ip.parts[4] === 0x200);
  return ip.match(GLOBAL_UNICAST) && !isIsatap;
}

/**
 * Whether an address may be asked for at all, judged by its text alone. A name that passes still
 * has to resolve to public addresses only: `guardedConnector` sees to that when it connects.
 */
export function isAllowedUrl(url: URL, policy: AddressPolicy): boolean {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return false;
  if (url.username !== '' || url.password !== '') return false;
  if (policy.allowAddresses.includes(hostAndPort(url))) return true;
  if (policy.ownHosts.includes(url.hostname)) return false;
  return isAllowedPort(portOf(url)) && isPublicHost(url.hostname);
}

/** `host:port` with the port always written out, so that two spellings of one place are equal. */
export function hostAndPort(url: URL): string {
  return `${url.hostname}:${portOf(url)}`;
}

/** Whether a host (as `URL.hostname` has it, brackets or not) is a public address or may be one. */
export function isPublicHost(hostname: string): boolean {
  const host = hostname.replace(/^\[(.*)\]$/, '$1').toLowerCase();
  // `URL` has already turned decimal, octal, hexadecimal and short IPv4 into four numbers.
  if (ipaddr.isValid(host)) return isPublicIp(host);
  // An empty label is a trailing dot: a second spelling of every name, and of no use to podcasts.
  const labels = host.split('.');
  if (labels.length < 2 || labels.includes('')) return false;
  return !PRIVATE_NAMES.some((name) => host === name || host.endsWith(`.${name}`));
}

function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

function isAllowedPort(port: number): boolean {
  if (port === 80 || port === 443) return true;
  return port >= 1024 && !DANGEROUS_PORTS.has(port);
}
