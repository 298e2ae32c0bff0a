import type { Cue } from '../model/transcript.ts';
import { listIn, secondsIn, textIn } from './json-fields.ts';
import { singleLine } from './plain-text.ts';
import { linesOf, MAX_PARAGRAPH_LENGTH, paragraph, splitSpeaker } from './spoken-text.ts';
import { readCaptions } from './transcript-captions.ts';
import { readHtmlCues } from './transcript-html.ts';

/** Characters; longer transcripts are not read. */
const MAX_LENGTH = 8 * 1024 * 1024;
/** More than the words of a whole day's talk by the sentence, or of ten hours by the word. */
const MAX_CUES = 100_000;

type Format = 'captions' | 'json' | 'html' | 'plain';

const FORMATS: ReadonlyMap<string, Format> = new Map([
  ['text/vtt', 'captions'],
  ['application/srt', 'captions'],
  ['application/x-subrip', 'captions'],
  ['text/srt', 'captions'],
  ['application/json', 'json'],
  ['text/html', 'html'],
]);

/**
 * Reads a transcript of the media type that the feed gives it; a type that says nothing (plain
 * text, or one we do not know) is decided by the first characters. Cues are sorted by start. Never
 * throws: what cannot be read as a cue is left out.
 *
 * https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/transcripts/transcripts.md
 */
export function parseTranscript(text: string, type: string): Cue[] {
  if (text.length > MAX_LENGTH) return [];
  const mediaType = type.split(';')[0]?.trim().toLowerCase() ?? '';
  const cues: Cue[] = [];
  for (const cue of readCues(text, FORMATS.get(mediaType) ?? formatByLook(text))) {
    if (cues.push(cue) >= MAX_CUES) break;
  }
  return cues.sort((a, b) => a.startS - b.startS);
}

function readCues(text: string, format: Format): Iterable<Cue> {
  switch (format) {
    case 'captions':
      return readCaptions(text);
    case 'json':
      return listIn(text, 'segments').flatMap((segment) => readSegment(segment) ?? []);
    case 'html':
      return readHtmlCues(text);
    case 'plain':
      return readParagraphs(text);
  }
}

function formatByLook(text: string): Format {
  const start = text.slice(0, 1000).trimStart();
  if (start.startsWith('{')) return 'json';
  if (start.startsWith('WEBVTT') || start.includes(' --> ')) return 'captions';
  return /^<(?:!doctype|html|body|cite|time|p)\b/i.test(start) ? 'html' : 'plain';
}

function readSegment(segment: unknown): Cue | undefined {
  const startS = secondsIn(segment, 'startTime');
  const text = paragraph(textIn(segment, 'body'));
  if (startS === undefined || !text) return undefined;
  const speaker = singleLine(textIn(segment, 'speaker'));
  return { startS, endS: secondsIn(segment, 'endTime'), speaker, text };
}

/** Paragraphs stand between blank lines. */
function* readParagraphs(text: string): Generator<Cue> {
  let lines = '';
  for (const line of linesOf(`${text}\n\n`)) {
    if (line.trim() !== '') {
      if (lines.length < MAX_PARAGRAPH_LENGTH) lines += `${line} `;
    } else {
      const words = paragraph(lines);
      if (words) yield { startS: 0, endS: undefined, ...splitSpeaker(words) };
      lines = '';
    }
  }
}
