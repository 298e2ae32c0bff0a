import { expect, it } from 'vitest';
import { copyWords } from './copy-words.ts';

const copy = { type: undefined, sizeBytes: undefined, bitrate: undefined, title: undefined };

it.each([
  ['audio/opus', 'Opus'],
  ['audio/ogg; codecs="opus"', 'Opus'],
  ['audio/ogg', 'Ogg'],
  ['audio/mpeg', 'MP3'],
  ['audio/mp4', 'AAC'],
  ['audio/x-m4a', 'AAC'],
  ['audio/flac', 'FLAC'],
  ['audio/unheard-of', 'Audio'],
  [undefined, 'Audio'],
])('calls %s %s', (type, expected) => {
  expect(copyWords({ ...copy, type })).toBe(expected);
});

it('says what people choose by', () => {
  const small = { type: 'audio/opus', sizeBytes: 24_000_000, bitrate: 32_000, title: 'Low' };
  expect(copyWords(small)).toBe('Opus, 24 MB, 32 kbit/s');
  expect(copyWords({ ...small, bitrate: undefined })).toBe('Opus, 24 MB');
  expect(copyWords({ ...small, sizeBytes: undefined })).toBe('Opus, 32 kbit/s');
});

it('falls back on the words of its maker', () => {
  expect(copyWords({ ...copy, type: 'audio/aac', title: 'Low quality' })).toBe('AAC, Low quality');
});
