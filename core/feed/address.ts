/** Longer ones are not addresses but attacks; real ones, signatures included, stay far below. */
const MAX_ADDRESS_LENGTH = 4096;

/** White space, and what cannot be seen but comes along when an address is copied. */
const INVISIBLE = /[\s\p{Cc}\p{Cf}]/gu;
const PODCAST_SCHEME = /^(?:feed|pcast|podcast|itpc):(?:\/\/)?/i;
/** A scheme; but `localhost:8080` and `example.com:8080/feed` are a host and its port. */
const SCHEME = /^[a-z][a-z0-9+.-]*:(?!\d{1,5}(?:[/?#]|$))/i;
/** This machine itself: nobody has a certificate for it. */
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?:[:/?#]|$)/i;
const AUTHORITY = /^https?:[/\\]*([^/\\?#]*)/i;

/**
 * Reads what a person typed or pasted as a podcast's address, as forgivingly as can be done without
 * guessing. The answer is absolute, `http:` or `https:` (where nothing was said `https:`, for this
 * machine `http:`), and has no user-info and no fragment; `undefined` means that no such address can be made of it. Says
 * nothing about whether the address may be fetched: a loopback host is an address.
 */
export function readPodcastAddress(typed: string): string | undefined {
  if (typed.length > MAX_ADDRESS_LENGTH) return undefined;
  let text = typed.replace(INVISIBLE, '');
  while (PODCAST_SCHEME.test(text)) text = text.replace(PODCAST_SCHEME, '');
  if (text === '') return undefined;
  if (text.startsWith('//')) text = `https:${text}`;
  if (!SCHEME.test(text)) text = `${LOOPBACK.test(text) ? 'http' : 'https'}://${text}`;
  const url = parseWebUrl(text);
  if (!url || !isHost(url.hostname, AUTHORITY.exec(text)?.[1] ?? '')) return undefined;
  if (url.username !== '' || url.password !== '') return undefined;
  url.hash = '';
  return url.href;
}

/**
 * The one function that makes an address from outside safe to fetch, to link to or to show: absolute
 * and `http:` or `https:`, else `undefined`. Resolves a relative one against `base`, an absolute
 * address.
 */
export function safeWebAddress(value: string | undefined, base?: string): string | undefined {
  const text = value?.trim();
  // An empty reference would resolve to the base itself, which nobody has named.
  if (!text || text.length > MAX_ADDRESS_LENGTH) return undefined;
  return parseWebUrl(text, base)?.href;
}

function parseWebUrl(text: string, base?: string): URL | undefined {
  try {
    const url = new URL(text, base);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url : undefined;
  } catch {
    return undefined;
  }
}

/** Whether somebody meant a host: "hello" parses as one, and "12345" even as an IPv4 address. */
function isHost(hostname: string, typedAuthority: string): boolean {
  if (/:\d+$/.test(typedAuthority) || typedAuthority.startsWith('[')) return true;
  if (hostname === 'localhost') return true;
  const isNumber = /^[\d.]+$/.test(hostname) && !typedAuthority.includes('.');
  return /[^.]\.[^.]/.test(hostname) && !isNumber;
}
