import { describe, expect, it } from 'vitest';
import { decodeFeed } from './decode.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const utf16 = (text: string, isLittle: boolean) =>
  Uint8Array.from(
    [...text].flatMap((character) => {
      const pair = [character.charCodeAt(0) & 0xff, character.charCodeAt(0) >> 8];
      return isLittle ? pair : pair.reverse();
    }),
  );

const latin = '<?xml version="1.0" encoding="ISO-8859-1"?><rss>caf\u00e9</rss>';

describe('decodeFeed', () => {
  it('takes UTF-8 where nothing is said', () => {
    expect(decodeFeed(utf8('<rss>café</rss>'), undefined)).toBe('<rss>café</rss>');
  });

  it('believes the XML declaration', () => {
    expect(decodeFeed(bytes(latin), 'application/rss+xml')).toBe(latin);
  });

  it('believes the content type more than the declaration', () => {
    const text = '<?xml version="1.0" encoding="ISO-8859-1"?><rss>café</rss>';
    expect(decodeFeed(utf8(text), 'text/xml; charset="UTF-8"')).toBe(text);
  });

  it('believes a byte order mark most, and removes it', () => {
    expect(decodeFeed(utf8('\ufeff<rss>café</rss>'), 'text/xml; charset=iso-8859-1')).toBe(
      '<rss>café</rss>',
    );
    expect(decodeFeed(utf16('\ufeff<rss>é</rss>', true), undefined)).toBe('<rss>é</rss>');
    expect(decodeFeed(utf16('\ufeff<rss>é</rss>', false), undefined)).toBe('<rss>é</rss>');
  });

  it('finds UTF-16 without a mark by its declaration', () => {
    const text = '<?xml version="1.0" encoding="utf-16"?><rss>é</rss>';
    expect(decodeFeed(utf16(text, true), undefined)).toBe(text);
    expect(decodeFeed(utf16(text, false), undefined)).toBe(text);
  });

  it('does not believe a declaration of UTF-16 that it can read byte by byte', () => {
    const text = '<?xml version="1.0" encoding="utf-16"?><rss>é</rss>';
    expect(decodeFeed(utf8(text), undefined)).toBe(text);
  });

  it('passes over labels that nobody knows', () => {
    expect(decodeFeed(bytes(latin), 'text/xml; charset=nonsense')).toBe(latin);
    const unknown = '<?xml version="1.0" encoding="klingon"?><rss>é</rss>';
    expect(decodeFeed(utf8(unknown), undefined)).toBe(unknown);
  });

  it('replaces bytes that do not fit', () => {
    expect(decodeFeed(bytes('<rss>caf\u00e9</rss>'), undefined)).toBe('<rss>caf\ufffd</rss>');
    expect(decodeFeed(new Uint8Array(), undefined)).toBe('');
  });
});
