/**
 * The address as a secure page can load it: `http:` becomes `https:`, except on this machine, which
 * browsers trust as it is (https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy).
 */
export function secureAddress(address: string): string {
  const url = new URL(address);
  const local = url.hostname === 'localhost' || url.hostname.startsWith('127.');
  if (url.protocol === 'http:' && !local) url.protocol = 'https:';
  return url.href;
}
