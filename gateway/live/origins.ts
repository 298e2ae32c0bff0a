/** The same machine, whichever way it was typed. */
const LOOPBACKS = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Whether a page of this origin may open a WebSocket here. Browsers let any page open one to any
 * host and send no preflight: the Origin header is all there is to tell them apart
 * (https://www.rfc-editor.org/rfc/rfc6455#section-10.2), and it must be exactly one of ours.
 *
 * @param requestUrl as the request named us: its host is the Host header
 * @param configured how the outside reaches us, where the operator said so
 */
export function isOwnOrigin(
  origin: string | undefined,
  requestUrl: string,
  configured: string | undefined,
): boolean {
  return origin !== undefined && ownOrigins(new URL(requestUrl), configured).includes(origin);
}

function ownOrigins({ hostname, host, port }: URL, configured: string | undefined): string[] {
  if (LOOPBACKS.includes(hostname)) {
    const local = LOOPBACKS.map((name) => new URL(`http://${name}:${port || 80}`).origin);
    // A proxy may come to us by a local name.
    return configured === undefined ? local : [...local, configured];
  }
  if (configured !== undefined) return [configured];
  // Nobody said who we are. A proxy may speak https for us, and only the host stays the same.
  return [`http://${host}`, `https://${host}`];
}
