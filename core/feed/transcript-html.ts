import type { Cue } from '../model/transcript.ts';
import { decodeReferences } from './character-references.ts';
import { parseTimecode } from './durations.ts';
import { singleLine } from './plain-text.ts';
import { paragraph } from './spoken-text.ts';

const TAG = /<!--|<!doctype[^<>]*>|<\/?([a-z][a-z0-9]*)\b[^<>]*>/gi;
const BLOCK = /^(?:p|div|li|ul|ol|dl|dt|dd|h[1-6]|blockquote|table|tr|td|section|article|body)$/;
const UNSEEN = /^<(script|style|head|template)\b/i;

/**
 * The HTML of the podcast namespace: `<cite>` names the speaker and `<time>` the start of the
 * paragraphs that follow. All other markup is dropped; what comes out is text, never HTML.
 */
export function* readHtmlCues(html: string): Generator<Cue> {
  const reader = new CueReader();
  const tags = new RegExp(TAG);
  let from = 0;
  for (let match = tags.exec(html); match; match = tags.exec(html)) {
    const [tag, name] = match;
    reader.addText(html.slice(from, match.index));
    from = endOfTag(html, tag, tags.lastIndex);
    const cue = name && reader.addTag(name.toLowerCase(), !tag.startsWith('</'));
    if (cue) yield cue;
    tags.lastIndex = from;
  }
  reader.addText(html.slice(from));
  const cue = reader.endText();
  if (cue) yield cue;
}

/** Past the tag, and past what is in it where that is never seen. */
function endOfTag(html: string, tag: string, from: number): number {
  if (tag === '<!--') return endOf(html, /-->/g, from);
  const unseen = UNSEEN.exec(tag)?.[1];
  return unseen ? endOf(html, new RegExp(`</${unseen}[^<>]*>`, 'gi'), from) : from;
}

/** Where the search ends without success, so does the document: nothing is searched twice. */
function endOf(html: string, end: RegExp, from: number): number {
  end.lastIndex = from;
  return end.test(html) ? end.lastIndex : html.length;
}

class CueReader {
  private startS = 0;
  private speaker: string | undefined;
  private text = '';
  private isBlank = true;
  private textIs: 'words' | 'cite' | 'time' = 'words';

  addText(html: string): void {
    this.text += html;
    if (/\S/.test(html)) this.isBlank = false;
  }

  /** The cue that ends here, if one does. */
  addTag(name: string, isOpening: boolean): Cue | undefined {
    if (BLOCK.test(name)) return this.endText();
    if (name === 'br') this.addText(' ');
    if (name !== 'cite' && name !== 'time') return undefined;
    // In the middle of a paragraph these are a title or a date that somebody mentions.
    if (isOpening && this.isBlank) this.textIs = name;
    return !isOpening && this.textIs === name ? this.endText() : undefined;
  }

  /** Takes what was read for what it is; the cue, where it is what somebody says. */
  endText(): Cue | undefined {
    const { startS, speaker, textIs } = this;
    const text = decodeReferences(this.text);
    this.text = '';
    this.isBlank = true;
    this.textIs = 'words';
    if (textIs === 'cite') this.speaker = singleLine(text)?.replace(/ ?:$/, '');
    if (textIs === 'time') this.startS = parseTimecode(text) ?? startS;
    const words = textIs === 'words' ? paragraph(text) : undefined;
    return words ? { startS, endS: undefined, speaker, text: words } : undefined;
  }
}
