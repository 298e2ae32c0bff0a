import type { Cue } from '../model/transcript.ts';
import { parseTimecode } from './durations.ts';
import { htmlToText } from './plain-text.ts';
import {
  linesOf,
  MAX_PARAGRAPH_LENGTH,
  paragraph,
  type SpokenText,
  splitSpeaker,
} from './spoken-text.ts';

/** More are not talk but an attack. */
const MAX_VOICES_PER_CUE = 100;
const TIMING = /^\s*([\d:.,]{1,20})\s*-->\s*([\d:.,]{1,20})/;
/** `<v Sarah>`, `<v.loud Sarah>`. */
const VOICE = /<v(?:\.[^\s<>]*)?\s([^<>]*)>/;

type Times = Pick<Cue, 'startS' | 'endS'>;

/**
 * WebVTT and SubRip. Both are blocks between blank lines, and only what follows a line with two
 * times is said: so headers, numbers, notes, styles and regions need no rules of their own.
 */
export function* readCaptions(text: string): Generator<Cue> {
  const readWords = /^\ufeff?WEBVTT/.test(text) ? readVoices : readSubRip;
  let times: Times | undefined;
  let words = '';
  for (const line of linesOf(text)) {
    const timing = TIMING.exec(line);
    if (timing || line.trim() === '') {
      if (times) for (const spoken of readWords(words)) yield { ...times, ...spoken };
      times = timing ? readTimes(timing[1], timing[2]) : undefined;
      words = '';
    } else if (times && words.length < MAX_PARAGRAPH_LENGTH) words += `${line} `;
  }
  if (times) for (const spoken of readWords(words)) yield { ...times, ...spoken };
}

function readTimes(start: string | undefined, end: string | undefined): Times | undefined {
  const startS = parseTimecode(start?.replace(',', '.'));
  const endS = parseTimecode(end?.replace(',', '.'));
  if (startS === undefined) return undefined;
  return { startS, endS: endS !== undefined && endS >= startS ? endS : undefined };
}

/** One cue may hold several voices, each from its tag to the next. */
function readVoices(text: string): SpokenText[] {
  // The names are captured, so they stand between the texts: text, name, text, name, text.
  const parts = text.split(VOICE, 2 * MAX_VOICES_PER_CUE + 1);
  return parts.flatMap((part, index) => {
    const words = index % 2 === 0 ? paragraph(htmlToText(part)) : undefined;
    return words ? [{ speaker: paragraph(htmlToText(parts[index - 1] ?? '')), text: words }] : [];
  });
}

/** SubRip knows no voices: by custom a name and a colon stand where the voice changes. */
function readSubRip(text: string): SpokenText[] {
  const words = paragraph(htmlToText(text));
  return words ? [splitSpeaker(words)] : [];
}
