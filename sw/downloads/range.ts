/** What a `Range` header asks of a body of known length. Both ends are inclusive. */
export type RangeAnswer =
  | { status: 200 }
  | { status: 206; firstByte: number; lastByte: number }
  | { status: 416 };

/**
 * Reads a `Range` header as RFC 9110 section 14 has it. What is not valid, and lists of several
 * ranges, are ignored, as a server may: the answer is the whole. No header is the whole, too.
 */
export function readRange(header: string | null, totalBytes: number): RangeAnswer {
  const match = /^bytes[ \t]*=[ \t]*(\d*)-(\d*)[ \t]*$/i.exec(header ?? '');
  const [, first = '', last = ''] = match ?? [];
  if (!match || (first === '' && last === '')) return { status: 200 };
  if (first === '') {
    const suffixBytes = Number(last);
    if (suffixBytes === 0 || totalBytes === 0) return { status: 416 };
    return {
      status: 206,
      firstByte: Math.max(0, totalBytes - suffixBytes),
      lastByte: totalBytes - 1,
    };
  }
  const firstByte = Number(first);
  const lastByte = last === '' ? totalBytes - 1 : Math.min(Number(last), totalBytes - 1);
  if (last !== '' && Number(last) < firstByte) return { status: 200 };
  return firstByte >= totalBytes ? { status: 416 } : { status: 206, firstByte, lastByte };
}

/** A `Content-Range` of a 206 (RFC 9110 section 14.4); `undefined` when it is not a valid one. */
export function readContentRange(
  header: string,
): { firstByte: number; lastByte: number; totalBytes: number | undefined } | undefined {
  const match = /^bytes (\d+)-(\d+)\/(\d+|\*)$/i.exec(header.trim());
  if (!match) return undefined;
  const firstByte = Number(match[1]);
  const lastByte = Number(match[2]);
  const totalBytes = match[3] === '*' ? undefined : Number(match[3]);
  if (lastByte < firstByte || (totalBytes !== undefined && lastByte >= totalBytes))
    return undefined;
  return { firstByte, lastByte, totalBytes };
}

/** A strong validator (RFC 9110 section 8.8.3); weak ones say nothing about single bytes. */
export function strongEtag(headers: Headers): string | undefined {
  const etag = headers.get('etag');
  return etag && /^"[^"]*"$/.test(etag) ? etag : undefined;
}
