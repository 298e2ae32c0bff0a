import { decodeReferences } from './character-references.ts';

/** Nobody reads a longer title; it would only be carried from store to store. */
const MAX_LINE_LENGTH = 1000;

/**
 * What has no place in a line of text: control characters, and marks that turn the direction of all
 * that follows (a title could rearrange the words around it). Marks that only concern their
 * neighbours, as Arabic, Hebrew, Persian and emoji need them, stay.
 */
const UNWANTED = /(?!\s)[\p{Cc}\u200b\u202a-\u202e\u2060\u2066-\u2069]/gu;

/** One line of clean text, cut to `maxLength` characters; `undefined` where nothing is left of it. */
export function singleLine(
  text: string | undefined,
  maxLength = MAX_LINE_LENGTH,
): string | undefined {
  if (!text) return undefined;
  // White space apart, there is no use in looking at much more than will be kept.
  const start = text.trimStart().slice(0, 4 * maxLength);
  const line = start.replace(UNWANTED, '').replace(/\s+/g, ' ').trim();
  return cut(line, maxLength) || undefined;
}

/** The beginning of a text, without half of a surrogate pair at its end. */
function cut(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  return text.slice(0, maxLength).replace(/[\ud800-\udbff]$/, '');
}

/** The text that HTML shows, roughly: for a title, not for show notes. */
export function htmlToText(html: string): string {
  return decodeReferences(html.replace(/<[^<>]*>/g, ''));
}

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
