import { secureAddress } from '../../core/feed/secure-address.ts';
import type { Attempt } from '../../core/model/attempt.ts';
import type { Episode } from '../../core/model/episode.ts';
import type { Failure } from '../../core/model/failure.ts';
import type { WorkerContext } from '../context.ts';
import { answersAtAll } from '../hosts/answers-at-all.ts';
import { knownWay, rememberWay } from '../hosts/host-verdicts.ts';
import { httpFailure } from '../hosts/http-failure.ts';
import { relayAddress } from '../hosts/relay-address.ts';
import { readRetryAfter } from '../hosts/retry-after.ts';
import type { Mitigation } from './outcome.ts';
import { readContentRange, strongEtag } from './range.ts';
import { canBeMedia, SNIFF_BYTES } from './sniff.ts';

/** What one look at an enclosure tells. */
export type Finding = Pick<
  Attempt,
  'url' | 'route' | 'totalBytes' | 'contentType' | 'validator' | 'shape'
>;

export type ProbeResult =
  | { ok: true; finding: Finding }
  | ({ ok: false; failure: Failure } & Mitigation);

const TIMEOUT_MS = 30_000;

/**
 * Looks at an enclosure with one request, cancelled after 4 KiB: can it be read, and how; does the
 * host answer ranges; how long is it; is it audio.
 *
 * `Range: bytes=0-` needs no preflight, and makes Content-Length the total: that header is readable
 * everywhere, unlike Content-Range (https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name).
 */
export async function probe(
  context: WorkerContext,
  episode: Episode,
  enclosureUrl: string,
): Promise<ProbeResult> {
  const url = secureAddress(enclosureUrl);
  // A look at a host that pages may not read can only fail. Where the gateway does not answer, that
  // may have changed.
  const isClosed = (await knownWay(context, url)) === 'gateway';
  const known = isClosed && (await relayAddress(context, episode, enclosureUrl));
  const direct = known ? 'unreadable' : await look(context, url);
  if (direct !== 'unreadable') {
    await rememberWay(context, url, 'direct');
    return verdict(context, direct, { url, route: 'direct' });
  }

  if (!context.isOnline()) return failedWith({ code: 'offline' });
  const relay = known || (await relayAddress(context, episode, enclosureUrl));
  if (relay) {
    const relayed = await look(context, relay);
    if (relayed === 'unreadable') return failedWith({ code: 'enclosure-unreachable' });
    // What is known is not known any longer for having been used.
    if (!known) await rememberWay(context, url, 'gateway');
    return verdict(context, relayed, { url: enclosureUrl, route: 'gateway' });
  }
  // The feed came through a gateway, so there is one: it does not answer now.
  const isRelayed = episode.relayTokens.some(([address]) => address === enclosureUrl);
  if (isRelayed) return failedWith({ code: 'gateway-unreachable' });
  if (!(await answersAtAll(context, url))) return failedWith({ code: 'enclosure-unreachable' });
  // A connection that broke looks like a host that forbids reading. It is that host only if it does
  // the same again, now that it is known to answer.
  const again = await look(context, url);
  await rememberWay(context, url, again === 'unreadable' ? 'play-only' : 'direct');
  return again === 'unreadable'
    ? failedWith({ code: 'play-only' })
    : verdict(context, again, { url, route: 'direct' });
}

type Look = { response: Response; firstBytes: Uint8Array } | 'broken';

/** The answer and its first bytes; `unreadable` when the browser gives us no answer at all. */
async function look(context: WorkerContext, url: string): Promise<Look | 'unreadable'> {
  const stop = new AbortController();
  const cancel = context.later(TIMEOUT_MS, () => stop.abort());
  let response: Response | undefined;
  try {
    response = await context.fetch(url, {
      headers: { range: 'bytes=0-' },
      cache: 'no-store',
      signal: stop.signal,
    });
    return { response, firstBytes: await readFirst(response, SNIFF_BYTES) };
  } catch {
    return response ? 'broken' : 'unreadable';
  } finally {
    cancel();
    stop.abort();
  }
}

async function readFirst(response: Response, enough: number): Promise<Uint8Array> {
  const reader = response.body?.getReader();
  const bytes: number[] = [];
  while (reader && bytes.length < enough) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes.push(...value.subarray(0, enough));
  }
  return new Uint8Array(bytes.slice(0, enough));
}

function verdict(
  context: WorkerContext,
  look: Look,
  source: Pick<Finding, 'url' | 'route'>,
): ProbeResult {
  if (look === 'broken') return failedWith({ code: 'enclosure-unreachable' });
  const { response, firstBytes } = look;
  const { status, headers } = response;
  if (status !== 200 && status !== 206) {
    if (status === 415 && source.route === 'gateway')
      return failedWith({ code: 'enclosure-not-audio' });
    const retryAfterMs = readRetryAfter(headers, context.now());
    return { ok: false, failure: httpFailure('enclosure', status), retryAfterMs };
  }
  const contentType = headers.get('content-type') ?? '';
  if (!canBeMedia(contentType, firstBytes)) return failedWith({ code: 'enclosure-not-audio' });

  // An encoded body has the length of its code, and ranges of it: neither is the enclosure's.
  const encoded = headers.has('content-encoding');
  const length = encoded ? undefined : readLength(headers);
  const contentRange = headers.get('content-range');
  const range = contentRange ? readContentRange(contentRange) : undefined;
  const honestRange =
    contentRange === null || (range?.firstByte === 0 && (range.totalBytes ?? length) === length);
  const segmented = status === 206 && !encoded && length !== undefined && honestRange;
  return {
    ok: true,
    finding: {
      ...source,
      // The length of a part is not that of the whole.
      totalBytes: status === 206 && !honestRange ? range?.totalBytes : length,
      contentType: contentType.split(';', 1)[0]?.trim() || 'audio/mpeg',
      validator: strongEtag(headers),
      shape: segmented ? 'segmented' : 'whole',
    },
  };
}

function readLength(headers: Headers): number | undefined {
  const value = headers.get('content-length');
  return value && /^[1-9]\d{0,15}$/.test(value) ? Number(value) : undefined;
}

function failedWith(failure: Failure): ProbeResult {
  return { ok: false, failure };
}
