/** Where the XML declaration may say its encoding: it must stand first and is ASCII. */
const DECLARATION_BYTES = 256;

/**
 * Turns the bytes of a feed (or chapters, or a transcript) into text. What decides is, in this
 * order: a byte order mark, the `charset` of the content type, the XML declaration, else UTF-8.
 * Bytes that do not fit become U+FFFD; this never fails.
 */
export function decodeFeed(bytes: Uint8Array, contentType: string | undefined): string {
  const decoder =
    decoderFor(encodingOfMark(bytes)) ??
    decoderFor(/charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType ?? '')?.[1]) ??
    decoderFor(encodingOfDeclaration(bytes)) ??
    new TextDecoder('utf-8');
  return decoder.decode(bytes);
}

function decoderFor(label: string | undefined): TextDecoder | undefined {
  if (!label) return undefined;
  try {
    return new TextDecoder(label);
  } catch {
    // A label that nobody knows says nothing.
    return undefined;
  }
}

function encodingOfMark(bytes: Uint8Array): string | undefined {
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return 'utf-8';
  if (startsWith(bytes, 0xff, 0xfe)) return 'utf-16le';
  if (startsWith(bytes, 0xfe, 0xff)) return 'utf-16be';
  return undefined;
}

function encodingOfDeclaration(bytes: Uint8Array): string | undefined {
  if (startsWith(bytes, 0x3c, 0x00, 0x3f, 0x00)) return 'utf-16le';
  if (startsWith(bytes, 0x00, 0x3c, 0x00, 0x3f)) return 'utf-16be';
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, DECLARATION_BYTES));
  const label = /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]+)/i.exec(start)?.[1];
  // A declaration that can be read byte by byte is not in UTF-16, whatever it says.
  return label && /^utf-?16/i.test(label) ? 'utf-8' : label;
}

function startsWith(bytes: Uint8Array, ...start: number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}
