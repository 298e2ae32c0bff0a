/** A digest that a feed gives for a file: any one of `digests` will do. */
export interface Integrity {
  algorithm: IntegrityAlgorithm;
  /** Base64 with padding. */
  digests: string[];
}

export type IntegrityAlgorithm = 'sha256' | 'sha384' | 'sha512';

/** What is known of the digest of a file's first bytes: enough to go on in another life. */
export interface HashState {
  bytes: number;
  /** The hash function's inner words, as 32-bit integers. */
  words: number[];
}

/** Weakest first, with the length of a digest in base64, without padding. */
const DIGEST_LENGTHS: Record<IntegrityAlgorithm, number> = { sha256: 43, sha384: 64, sha512: 86 };

/**
 * Reads a Subresource Integrity string (https://w3c.github.io/webappsec-subresource-integrity/#parse-metadata):
 * the strongest algorithm alone counts. `undefined` where there is nothing that could be checked:
 * what nobody can read holds nobody up.
 */
export function readIntegrity(text: string | undefined): Integrity | undefined {
  const digests: Record<IntegrityAlgorithm, string[]> = { sha256: [], sha384: [], sha512: [] };
  for (const expression of text?.trim().split(/\s+/) ?? []) {
    const match = /^(sha256|sha384|sha512)-([A-Za-z0-9+/_-]+)={0,2}(?:\?.*)?$/i.exec(expression);
    const algorithm = match?.[1]?.toLowerCase() as IntegrityAlgorithm | undefined;
    const digest = match?.[2]?.replaceAll('-', '+').replaceAll('_', '/');
    if (!algorithm || digest?.length !== DIGEST_LENGTHS[algorithm]) continue;
    digests[algorithm].push(digest.padEnd(Math.ceil(digest.length / 4) * 4, '='));
  }
  const strongest = (['sha512', 'sha384', 'sha256'] as const).find((it) => digests[it].length > 0);
  return strongest && { algorithm: strongest, digests: digests[strongest] };
}
