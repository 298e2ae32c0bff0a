/*
 * What RFC 9110 lets a server answer to a Range header, read from the grammar letter by letter and
 * counted in BigInt: on purpose in another way than `downloads/range.ts`, which it judges.
 */

/** What a server that sends no multipart answers, where the standard lets it choose. */
export type RightAnswer = 'whole' | 'unsatisfiable' | { firstByte: number; lastByte: number };

interface RangeSpec {
  first: bigint | undefined;
  last: bigint | undefined;
}

export function rightAnswer(header: string, totalBytes: number): RightAnswer {
  const set = readSet(header);
  // Not valid, or of a unit that we do not have: ignored (sections 14.2, 15.5.17).
  if (!set) return 'whole';
  const parts = set.flatMap((spec) => satisfy(spec, BigInt(totalBytes)));
  const [part, another] = parts;
  // "SHOULD send a 416" (section 14.2).
  if (!part) return 'unsatisfiable';
  // What would take several parts may be ignored (section 14.2: MAY ignore).
  return another ? 'whole' : part;
}

/** `bytes=` and a list of range-specs (sections 14.1.1 and 5.6.1); `undefined` where it is not that. */
function readSet(header: string): RangeSpec[] | undefined {
  // White space around a field's value is no part of it (section 5.5).
  const value = trim(header);
  const sign = value.indexOf('=');
  if (sign < 0 || value.slice(0, sign).toLowerCase() !== 'bytes') return undefined;
  const elements = value.slice(sign + 1).split(',');
  const specs: RangeSpec[] = [];
  for (const [index, element] of elements.entries()) {
    // White space belongs to the commas: none in front of the first element, none behind the last.
    let text = element;
    if (index > 0) text = trimStart(text);
    if (index < elements.length - 1) text = trimEnd(text);
    if (text === '') continue;
    const spec = readSpec(text);
    if (!spec) return undefined;
    specs.push(spec);
  }
  return specs.length > 0 ? specs : undefined;
}

function readSpec(text: string): RangeSpec | undefined {
  const dash = text.indexOf('-');
  if (dash < 0) return undefined;
  const [head, tail] = [text.slice(0, dash), text.slice(dash + 1)];
  if (!isDigits(head) || !isDigits(tail) || (head === '' && tail === '')) return undefined;
  const first = head === '' ? undefined : BigInt(head);
  const last = tail === '' ? undefined : BigInt(tail);
  // "An int-range is invalid if the last-pos value is present and less than first-pos."
  if (first !== undefined && last !== undefined && last < first) return undefined;
  return { first, last };
}

function satisfy({ first, last }: RangeSpec, total: bigint): Exclude<RightAnswer, string>[] {
  const end = total - 1n;
  if (first === undefined) {
    const suffix = last ?? 0n;
    if (suffix === 0n) return [];
    return [toNumbers(suffix > total ? 0n : total - suffix, end)];
  }
  if (first > end) return [];
  return [toNumbers(first, last === undefined || last > end ? end : last)];
}

function toNumbers(first: bigint, last: bigint) {
  return { firstByte: Number(first), lastByte: Number(last) };
}

function isDigits(text: string): boolean {
  return [...text].every((letter) => letter >= '0' && letter <= '9');
}

const isBlank = (letter: string | undefined) => letter === ' ' || letter === '\t';

function trimStart(text: string): string {
  let start = 0;
  while (isBlank(text[start])) start += 1;
  return text.slice(start);
}

function trimEnd(text: string): string {
  let end = text.length;
  while (isBlank(text[end - 1])) end -= 1;
  return text.slice(0, end);
}

function trim(text: string): string {
  return trimEnd(trimStart(text));
}
