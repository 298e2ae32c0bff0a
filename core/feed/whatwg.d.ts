/*
 * All that this folder takes from outside the language: two classes of the WHATWG that are the same
 * in worker, gateway and Node. The language's own library does not know them, and the libraries
 * that do know them know far too much. Only the parts that we use.
 */

declare class URL {
  constructor(url: string, base?: string);
  protocol: string;
  readonly username: string;
  readonly password: string;
  readonly hostname: string;
  readonly href: string;
  hash: string;
}

declare class TextDecoder {
  constructor(label: string);
  decode(bytes: Uint8Array): string;
}
