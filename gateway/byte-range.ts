/** Both ends inclusive, as in the header. */
export interface ByteRange {
  start: number;
  end: number;
}

/**
 * The part of a file that a Range header asks for (RFC 9110, 14.2). `undefined` for one that is to
 * be ignored: malformed, of another unit, or of several ranges, which a server need not serve.
 */
export function parseRange(
  header: string,
  sizeBytes: number,
): ByteRange | 'unsatisfiable' | undefined {
  const [match, first = '', last = ''] = /^bytes=\s*(\d*)-(\d*)\s*$/i.exec(header) ?? [];
  if (match === undefined || (first === '' && last === '')) return undefined;
  if (first === '') {
    const lengthBytes = Math.min(Number(last), sizeBytes);
    if (lengthBytes === 0) return 'unsatisfiable';
    return { start: sizeBytes - lengthBytes, end: sizeBytes - 1 };
  }
  const start = Number(first);
  if (last !== '' && Number(last) < start) return undefined;
  if (start >= sizeBytes) return 'unsatisfiable';
  return { start, end: last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1) };
}
