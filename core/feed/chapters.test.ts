import { describe, expect, it } from 'vitest';
import { parseChapters } from './chapters.ts';

const url = 'https://example.com/show/chapters.json';
const parse = (value: unknown) => parseChapters(JSON.stringify(value), { url });
const startsOf = (chapters: unknown[]) => parse({ chapters }).map(({ startS }) => startS);

describe('parseChapters', () => {
  it('reads chapters, with addresses made absolute', () => {
    const chapters = parse({
      version: '1.2.0',
      chapters: [
        { startTime: 0, title: ' Intro\n' },
        { startTime: 90.5, title: 'Tide', img: 'tide.jpg', url: 'https://example.org/tide' },
      ],
    });
    expect(chapters).toEqual([
      { startS: 0, title: 'Intro', url: undefined, imageUrl: undefined },
      {
        startS: 90.5,
        title: 'Tide',
        url: 'https://example.org/tide',
        imageUrl: 'https://example.com/show/tide.jpg',
      },
    ]);
  });

  it('keeps a chapter that is not to be listed, without a title to list it by', () => {
    const chapters = parse({
      chapters: [
        { startTime: 1, title: 'Listed', toc: true },
        { startTime: 2, title: 'Unlisted', toc: false, img: 'a.jpg' },
        { startTime: 3, toc: false },
      ],
    });
    expect(chapters.map(({ title }) => title)).toEqual(['Listed', undefined, undefined]);
    expect(chapters[1]?.imageUrl).toBe('https://example.com/show/a.jpg');
  });

  it('sorts by start, and keeps the order of equal ones', () => {
    const chapters = parse({
      chapters: [
        { startTime: 9, title: 'c' },
        { startTime: 1, title: 'a' },
        { startTime: 1, title: 'b' },
      ],
    });
    expect(chapters.map(({ title }) => title)).toEqual(['a', 'b', 'c']);
  });

  it('reads times that are text, and leaves out what has no time', () => {
    expect(startsOf([{ startTime: '12' }, { startTime: '00:01:00' }])).toEqual([12, 60]);
    expect(
      startsOf([{}, null, 1, 'x', [], { startTime: -1 }, { startTime: null }, { startTime: 'x' }]),
    ).toEqual([]);
    expect(parseChapters('{"chapters":[{"startTime":1e999}]}', { url })).toEqual([]);
  });

  it('drops what is not text, and addresses that are not safe', () => {
    const [chapter] = parse({
      chapters: [{ startTime: 1, title: { a: 1 }, url: 'javascript:alert(1)', img: 5 }],
    });
    expect(chapter).toEqual({ startS: 1, title: undefined, url: undefined, imageUrl: undefined });
  });

  it('reads nothing that is only inherited', () => {
    const json = '{"__proto__":{"chapters":[{"startTime":1}]}}';
    expect(parseChapters(json, { url })).toEqual([]);
    expect(parseChapters('{"chapters":[{"__proto__":{"startTime":1}}]}', { url })).toEqual([]);
  });

  it.each([
    '',
    'null',
    '[]',
    '{}',
    '"chapters"',
    '{"chapters":{}}',
    '{"chapters":[',
    '<html>',
    '['.repeat(1_000_000),
    '{"chapters":'.repeat(80_000),
    ' '.repeat(9_000_000),
  ])('reads no chapters in %.40j', (json) => {
    expect(parseChapters(json, { url })).toEqual([]);
  });

  it('keeps no more than anybody can use', () => {
    expect(startsOf(Array.from({ length: 30_000 }, () => ({ startTime: 1 })))).toHaveLength(2000);
    expect(parseChapters('\ufeff{"chapters":[{"startTime":1}]}', { url })).toHaveLength(1);
  });
});
