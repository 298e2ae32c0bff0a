import { _SHA256, _SHA384, _SHA512 } from '@noble/hashes/sha2.js';
import { type HashState, readIntegrity } from '../../core/model/integrity.ts';

/*
 * The digest of a file that is read piece by piece, over several lives of the worker. The browser's
 * own `crypto.subtle.digest` wants the whole file in memory at once.
 */

export interface IntegrityCheck {
  update(bytes: Uint8Array): unknown;
  /** Where to go on later: a little before what was given, at the end of the last whole block. */
  save(): HashState;
  /** Whether it is what was promised. Nothing can be added afterwards. */
  holds(): boolean;
}

/**
 * A check against a feed's subresource-integrity string, from the start or from where another life
 * came to; `undefined` where there is nothing that could be checked.
 */
export function openCheck(
  text: string | undefined,
  state: HashState | undefined,
): IntegrityCheck | undefined {
  const integrity = readIntegrity(text);
  if (!integrity) return undefined;
  const hash = new HASHES[integrity.algorithm]();
  if (state) hash.restore(state);
  return {
    update: (bytes) => hash.update(bytes),
    save: () => hash.save(),
    holds: () => integrity.digests.includes(btoa(String.fromCharCode(...hash.digest()))),
  };
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
