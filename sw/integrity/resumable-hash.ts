import { _SHA256, _SHA384, _SHA512 } from '@noble/hashes/sha2.js';
import type { HashState, IntegrityAlgorithm } from '../../core/model/integrity.ts';

/*
 * The digest of a file that is read piece by piece, over several lives of the worker. The browser's
 * own `crypto.subtle.digest` wants the whole file in memory at once.
 */

export interface ResumableHash {
  update(bytes: Uint8Array): unknown;
  /** Of what was given so far; nothing can be added afterwards. */
  digest(): Uint8Array;
  /** Where to go on later: a little before what was given, at the end of the last whole block. */
  save(): HashState;
}

export function resumeHash(
  algorithm: IntegrityAlgorithm,
  state: HashState | undefined,
): ResumableHash {
  const hash = new HASHES[algorithm]();
  if (state) hash.restore(state);
  return hash;
}

/* The library keeps what we need for its own heirs: so these are heirs. */

class Sha256 extends _SHA256 {
  save(): HashState {
    return { bytes: this.length - this.pos, words: this.get() };
  }

  restore({ bytes, words }: HashState): void {
    this.set(...(words as Parameters<typeof this.set>));
    this.length = bytes;
  }
}

class Sha384 extends _SHA384 {
  save(): HashState {
    return { bytes: this.length - this.pos, words: this.get() };
  }

  restore({ bytes, words }: HashState): void {
    this.set(...(words as Parameters<typeof this.set>));
    this.length = bytes;
  }
}

class Sha512 extends _SHA512 {
  save(): HashState {
    return { bytes: this.length - this.pos, words: this.get() };
  }

  restore({ bytes, words }: HashState): void {
    this.set(...(words as Parameters<typeof this.set>));
    this.length = bytes;
  }
}

const HASHES = { sha256: Sha256, sha384: Sha384, sha512: Sha512 };
