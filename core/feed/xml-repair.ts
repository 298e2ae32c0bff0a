import { decodeReference } from './character-references.ts';

/** No XML document may hold these; sax would pass them on. Half surrogate pairs among them. */
const ILLEGAL = /(?![\t\n\r])[\p{Cc}\p{Cs}\ufffe\uffff]/gu;

/**
 * Makes a feed of the real world easy to read: yields it in pieces, in order, without what nobody
 * needs (comments, processing instructions, the document type) and with what feeds get wrong put
 * right. A stray `&` or `<` becomes text. References are resolved here, once, from our own table.
 *
 * sax would read most of this, but not well: `R&B</title>` makes it miss the closing tag, `&` at
 * the end of an attribute its quote, and `<!` before a long text costs it quadratic time. This pass
 * looks at every character once, whatever stands there. A part that never ends takes the rest of
 * the document with it, so that the document has no end either.
 */
export function* repairXml(document: string): Generator<string> {
  const xml = document.replace(ILLEGAL, '');
  const marks =
    /<!--|<!\[CDATA\[|<!DOCTYPE|<\?|<(?![a-z_:/\u0080-\uffff])|&(?:(#?[a-z0-9]{1,32});)?/gi;
  let from = 0;
  for (let mark = marks.exec(xml); mark; mark = marks.exec(xml)) {
    const [found, reference] = mark;
    yield xml.slice(from, mark.index);
    from = endOfMark(xml, found, marks.lastIndex);
    if (found.length > 2 && found.startsWith('<![')) yield xml.slice(mark.index, from);
    else if (found === '<') yield '&lt;';
    else if (found.startsWith('&')) yield repairedReference(reference);
    marks.lastIndex = from;
  }
  yield xml.slice(from);
}

function endOfMark(xml: string, mark: string, from: number): number {
  switch (mark.toUpperCase()) {
    case '<!--':
      return endOf(xml, '-->', from);
    case '<?':
      return endOf(xml, '?>', from);
    case '<![CDATA[':
      return endOf(xml, ']]>', from);
    case '<!DOCTYPE':
      return endOfDoctype(xml, from);
    default:
      return from;
  }
}

/** The internal subset, with all the entities that it declares, goes unread. */
function endOfDoctype(xml: string, from: number): number {
  const close = endOf(xml, '>', from);
  const subset = xml.slice(from, close).indexOf('[');
  if (subset < 0) return close;
  const end = /\]\s*>/g;
  end.lastIndex = from + subset;
  return end.exec(xml) ? end.lastIndex : xml.length;
}

function endOf(xml: string, terminator: string, from: number): number {
  const at = xml.indexOf(terminator, from);
  return at < 0 ? xml.length : at + terminator.length;
}

/** What is no reference that we know stays as the author typed it. */
function repairedReference(body: string | undefined): string {
  if (body === undefined) return '&amp;';
  const character = decodeReference(body);
  if (character === undefined) return `&amp;${body};`;
  // Markup characters stay references: decoded, they would be markup.
  return /[&<>"']/.test(character) ? `&#${character.codePointAt(0)};` : character;
}
