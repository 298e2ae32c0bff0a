import type { EnclosureCopy } from '../../core/model/enclosure-copy.ts';
import { bytes } from './figures.ts';

/** What people call it; by the codec first, because an Ogg or MP4 file can hold several. */
const NAMES: readonly [pattern: RegExp, name: string][] = [
  [/opus/i, 'Opus'],
  [/vorbis/i, 'Vorbis'],
  [/flac/i, 'FLAC'],
  [/^audio\/(?:mpeg|mp3|mpeg3|x-mpeg)\b/i, 'MP3'],
  [/^audio\/(?:aac|aacp|mp4|x-m4a|m4a)\b/i, 'AAC'],
  [/^(?:audio|application)\/ogg\b/i, 'Ogg'],
  [/^audio\/webm\b/i, 'WebM'],
  [/^audio\/(?:wav|x-wav|wave|vnd\.wave)\b/i, 'WAV'],
];

/** One copy among others, in the order in which people choose: `Opus, 24 MB, 32 kbit/s`. */
export function copyWords({
  type,
  sizeBytes,
  bitrate,
  title,
}: Pick<EnclosureCopy, 'type' | 'sizeBytes' | 'bitrate' | 'title'>): string {
  const name = NAMES.find(([pattern]) => pattern.test(type ?? ''))?.[1];
  const rate = bitrate ? `${Math.round(bitrate / 1000)} kbit/s` : undefined;
  const facts = [name ?? 'Audio', sizeBytes ? bytes(sizeBytes) : undefined, rate];
  // A maker's own words come last: they often repeat the others.
  if (!sizeBytes && !rate) facts.push(title);
  return facts.filter((fact) => fact !== undefined).join(', ');
}
