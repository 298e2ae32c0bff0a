import { describe, expect, it } from 'vitest';
import { parseFeed } from './parse.ts';

const url = 'https://example.com/show/feed.xml';
const parseItem = (inside: string) =>
  parseFeed(`<rss version="2.0"><channel><item>${inside}</item></channel></rss>`, { url })
    .episodes[0];

describe('the enclosure', () => {
  it.each([
    [
      'the first that is audio',
      '<enclosure url="a.jpg" type="image/jpeg"/><enclosure url="b.mp3" type="audio/mpeg"/><enclosure url="c.mp4" type="video/mp4"/>',
      'b.mp3',
    ],
    [
      'audio by its extension',
      '<enclosure url="a" type=""/><enclosure url="b.m4a?x=1" type="text/html"/>',
      'b.m4a?x=1',
    ],
    [
      'one that does not say what it is',
      '<enclosure url="a" type="application/octet-stream"/>',
      'a',
    ],
    ['one with half a type', '<enclosure url="a" type="mp3"/>', 'a'],
    ['a link of Atom', '<atom:link rel="enclosure" href="a.mp3" type="audio/mpeg"/>', 'a.mp3'],
    [
      'Media RSS',
      '<media:content url="a.jpg" medium="image"/><media:group><media:content url="b.mp4" fileSize="5" type="video/mp4"/></media:group>',
      'b.mp4',
    ],
    [
      'not Media RSS where there is an enclosure',
      '<media:content url="a.mp3" type="audio/mpeg"/><enclosure url="b"/>',
      'b',
    ],
    [
      'after one with a bad address',
      '<enclosure url="ftp://x/a.mp3" type="audio/mpeg"/><enclosure url="b.mp3"/>',
      'b.mp3',
    ],
  ])('is %s', (_, inside, name) => {
    expect(parseItem(inside)?.enclosure?.url).toBe(`https://example.com/show/${name}`);
  });

  it.each([
    '<enclosure url="a.pdf" type="application/pdf"/>',
    '<enclosure url="a.jpg" type="image/jpeg"/>',
    '<media:content url="a" />',
    '<enclosure url="" type="audio/mpeg"/>',
    '<enclosure type="audio/mpeg"/>',
    '<enclosure url="javascript:alert(1)" type="audio/mpeg"/>',
  ])('is not %s', (inside) => {
    expect(parseItem(inside)?.enclosure).toBeUndefined();
  });

  it.each([
    ['43200000', 43_200_000],
    [' 12 ', 12],
    ['0', undefined],
    ['-5', undefined],
    ['big', undefined],
    ['12.5', undefined],
    ['1e9', undefined],
    ['9'.repeat(400), undefined],
  ])('has the size %.20j', (length, sizeBytes) => {
    expect(parseItem(`<enclosure url="a.mp3" length="${length}"/>`)?.enclosure?.sizeBytes).toBe(
      sizeBytes,
    );
  });
});
