import sax from 'sax';
import { ElementBuilder } from './element-builder.ts';
import { FeedError } from './feed-error.ts';
import type { XmlElement } from './xml-element.ts';
import { repairXml } from './xml-repair.ts';

/** sax looks after each piece whether a name or an attribute has grown beyond measure (64 KiB). */
const PIECE_LENGTH = 16 * 1024;

/**
 * Reads a feed element by element, and keeps only what we know of it. Every episode is handed over
 * as soon as it is complete and then forgotten; the root holds the rest. Throws a `FeedError` where
 * the root is not that of a feed, where the document ends before its root does, or where it passes
 * a limit. What `onEpisode` throws passes through.
 */
export function readFeedXml(
  xml: string,
  base: string | undefined,
  onEpisode: (episode: XmlElement) => void,
): XmlElement {
  const builder = new ElementBuilder(base, onEpisode);
  // Not strict: sax then goes on where a tag is not closed or closes twice, and folds the case of
  // names. Its own namespaces stay off: they cost quadratic time where there are many attributes.
  const parser = sax.parser(false, { lowercase: true, noscript: true, strictEntities: true });
  parser.onopentag = (tag) => builder.open(tag);
  parser.onclosetag = () => builder.close();
  parser.onattribute = () => builder.countAttribute();
  parser.ontext = (text) => builder.addText(inOnePiece(text));
  parser.oncdata = (text) => builder.addText(inOnePiece(text));
  parser.onerror = (error) => {
    throw new FeedError('feed-broken', 'A name or an attribute is too long', { cause: error });
  };
  for (const piece of repairXml(xml)) {
    for (let at = 0; at < piece.length; at += PIECE_LENGTH) {
      parser.write(piece.slice(at, at + PIECE_LENGTH));
    }
  }
  return builder.finish();
}

/**
 * sax adds a text up from its smallest parts. V8 keeps such a string as a tree, of up to 64 bytes
 * for each character, until something needs it in one piece: a regular expression, say.
 */
function inOnePiece(text: string): string {
  /$/.test(text);
  return text;
}
