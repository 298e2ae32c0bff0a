import * as v from 'valibot';

/** What a token lets the gateway relay; the kind decides which media types may pass. */
export type RelayKind = 'audio' | 'image' | 'chapters' | 'transcript';

/** Small, read as a whole, and often packed by the host: never asked for in ranges. */
export function isTextKind(kind: RelayKind): boolean {
  return kind === 'chapters' || kind === 'transcript';
}

export interface RelayGrant {
  url: string;
  kind: RelayKind;
  /** ms since 1970. */
  expiresAt: number;
}

/** A `CryptoKey`, which Node's types do not name globally. */
export type TokenKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

const payloadSchema = v.strictObject({
  u: v.string(),
  k: v.picklist(['audio', 'image', 'chapters', 'transcript']),
  x: v.number(),
});

/** The key that signs relay tokens, made from the operator's secret. */
export function importTokenKey(secret: string): Promise<TokenKey> {
  const bytes = new TextEncoder().encode(secret);
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  return crypto.subtle.importKey('raw', bytes, algorithm, false, ['sign', 'verify']);
}

/** Signs a grant. Whoever holds the token may have that one address relayed until it expires. */
export async function signToken(key: TokenKey, grant: RelayGrant): Promise<string> {
  const payload = toBase64Url(
    new TextEncoder().encode(JSON.stringify({ u: grant.url, k: grant.kind, x: grant.expiresAt })),
  );
  const signature = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(payload));
  return `${payload}.${toBase64Url(new Uint8Array(signature))}`;
}

/**
 * Reads a token of ours; `undefined` for one that is forged or foreign. Whether it has expired is
 * the caller's question: an expired one can still be exchanged.
 */
export async function readToken(key: TokenKey, token: string): Promise<RelayGrant | undefined> {
  const [, payload, signature] = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]{43})$/.exec(token) ?? [];
  if (payload === undefined || signature === undefined) return undefined;
  const isOurs = await crypto.subtle.verify(
    'HMAC',
    key,
    fromBase64Url(signature),
    new TextEncoder().encode(payload),
  );
  if (!isOurs) return undefined;
  const parsed = v.safeParse(payloadSchema, JSON.parse(fromUtf8(fromBase64Url(payload))));
  if (!parsed.success) return undefined;
  const { u: url, k: kind, x: expiresAt } = parsed.output;
  return { url, kind, expiresAt };
}

function fromUtf8(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function toBase64Url(bytes: Uint8Array): string {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
