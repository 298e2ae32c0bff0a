import ipaddr from 'ipaddr.js';

/** What one client may take. A bucket holds `burst` and fills up again by `perSecond`. */
export interface ClientAllowance {
  requests: { burst: number; perSecond: number };
  bytes: { burst: number; perSecond: number };
  concurrentStreams: number;
}

interface Account {
  requests: number;
  bytes: number;
  streams: number;
  countedAt: number;
}

/** More clients than this at once, and the one not seen for longest starts afresh. */
const MAX_ACCOUNTS = 10_000;

/**
 * Counts what each client takes, so that one cannot use the gateway up. Kept in memory alone: a
 * restart forgives everyone. Bytes are paid after the fact, so an account may run into debt and is
 * refused until it has recovered; a stream that has begun is never cut.
 */
export class ClientLimits {
  private readonly accounts = new Map<string, Account>();
  private readonly allowance: ClientAllowance;
  private readonly now: () => number;

  constructor(allowance: ClientAllowance, now: () => number) {
    this.allowance = allowance;
    this.now = now;
  }

  /**
   * Takes `cost` requests. Returns 0, or the seconds to wait when there are none left, or not so many
   * that `leave` would be left.
   */
  takeRequests(client: string, cost: number, leave = 0): number {
    const account = this.account(client);
    const { requests, bytes } = this.allowance;
    const waitS = Math.max(
      (Math.min(cost + leave, requests.burst) - account.requests) / requests.perSecond,
      -account.bytes / bytes.perSecond,
    );
    if (waitS > 0) return Math.ceil(waitS);
    account.requests -= cost;
    return 0;
  }

  /** Opens a stream: returns what closes it (once, however often it is called), or `undefined`. */
  openStream(client: string): (() => void) | undefined {
    const account = this.account(client);
    if (account.streams >= this.allowance.concurrentStreams) return undefined;
    account.streams += 1;
    let isOpen = true;
    return () => {
      if (isOpen) account.streams -= 1;
      isOpen = false;
    };
  }

  payBytes(client: string, sizeBytes: number): void {
    this.account(client).bytes -= sizeBytes;
  }

  private account(client: string): Account {
    const { requests, bytes } = this.allowance;
    const name = accountName(client);
    const now = this.now();
    const account = this.accounts.get(name) ?? {
      requests: requests.burst,
      bytes: bytes.burst,
      streams: 0,
      countedAt: now,
    };
    // A clock that is set back gives nothing, and takes nothing away.
    const elapsedS = Math.max(0, now - account.countedAt) / 1000;
    account.requests = Math.min(requests.burst, account.requests + elapsedS * requests.perSecond);
    account.bytes = Math.min(bytes.burst, account.bytes + elapsedS * bytes.perSecond);
    account.countedAt = now;
    // Put back at the end: a Map keeps its order, so its first key is the one not seen for longest.
    this.accounts.delete(name);
    this.accounts.set(name, account);
    const [oldest] = this.accounts.keys();
    if (this.accounts.size > MAX_ACCOUNTS && oldest !== undefined) this.accounts.delete(oldest);
    return account;
  }
}

/** One household holds a /64 of IPv6: counted as one client, or each would have 2^64 accounts. */
export function accountName(client: string): string {
  if (!ipaddr.isValid(client)) return client;
  const ip = ipaddr.process(client);
  return ip instanceof ipaddr.IPv6 ? ip.parts.slice(0, 4).join(':') : ip.toString();
}

/**
 * Reads a body to its end, or gives up as soon as it is larger than `limitBytes` (decoded bytes:
 * what a compression bomb unpacks to counts, not what it weighs). Rejects as the stream does, and as
 * `onBytes` throws, which is called for each piece.
 */
export async function readBounded(
  body: ReadableStream<Uint8Array> | null,
  limitBytes: number,
  onBytes: (sizeBytes: number) => void = () => undefined,
): Promise<Uint8Array | 'too-large'> {
  if (body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  // Leaving the loop early cancels the stream.
  for await (const chunk of body) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > limitBytes) return 'too-large';
    onBytes(chunk.byteLength);
    chunks.push(chunk);
  }
  return concat(chunks, sizeBytes);
}

export function concat(chunks: readonly Uint8Array[], sizeBytes: number): Uint8Array {
  const whole = new Uint8Array(sizeBytes);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return whole;
}
