/** What a `Range` header asks of a body of known length. Both ends are inclusive. */
export type RangeAnswer =
  | { status: 200 }
  | { status: 206; firstByte: number; lastByte: number }
  | { status: 416 };

/**
 * Reads a `Range` header as RFC 9110 section 14 has it. What is not valid is ignored, and so is what
 * would have to be answered in several parts, as a server may: the answer is the whole. No header is
 * the whole, too.
 */
export function readRange(header: string | null, totalBytes: number): RangeAnswer {
  const set = /^bytes=(.*)$/i.exec(header ?? '')?.[1] ?? '';
  const parts: (RangeAnswer | undefined)[] = [];
  for (const [index, element] of set.split(',').entries()) {
    if (/^[ \t]*$/.test(element)) continue;
    const [, blank, first = '', last = ''] = /^([ \t]*)(\d*)-(\d*)[ \t]*$/.exec(element) ?? [];
    // Blanks belong to commas: there is none in front of the first one.
    const isMisplaced = index === 0 && blank !== '';
    if (isMisplaced || first + last === '' || (first && last && isLess(last, first)))
      return { status: 200 };
    parts.push(satisfy(first, last, totalBytes));
  }
  if (parts.length === 0) return { status: 200 };
  const [part, another] = parts.filter((one) => one !== undefined);
  if (!part) return { status: 416 };
  return another ? { status: 200 } : part;
}

/** `undefined` where nothing of it is there. */
function satisfy(first: string, last: string, totalBytes: number): RangeAnswer | undefined {
  const isSuffix = first === '';
  const firstByte = isSuffix ? Math.max(0, totalBytes - Number(last)) : Number(first);
  if (firstByte >= totalBytes) return undefined;
  const lastByte =
    isSuffix || last === '' ? totalBytes - 1 : Math.min(Number(last), totalBytes - 1);
  return { status: 206, firstByte, lastByte };
}

/** By their digits: two positions that no number can tell apart may still be in the wrong order. */
function isLess(one: string, other: string): boolean {
  const [a, b] = [one.replace(/^0+/, ''), other.replace(/^0+/, '')];
  return a.length === b.length ? a < b : a.length < b.length;
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
