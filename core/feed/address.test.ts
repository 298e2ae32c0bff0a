import { describe, expect, it } from 'vitest';
import { readPodcastAddress, safeWebAddress } from './address.ts';

describe('readPodcastAddress', () => {
  it.each([
    ['https://example.com/feed.xml', 'https://example.com/feed.xml'],
    ['http://example.com/feed', 'http://example.com/feed'],
    ['  https://example.com/feed \n', 'https://example.com/feed'],
    ['https://example.com/ my feed', 'https://example.com/myfeed'],
    ['\u200bhttps://exam\u200dple.com/\ufeff', 'https://example.com/'],
    ['\u202ehttps://example.com/a\0', 'https://example.com/a'],
    ['example.com', 'https://example.com/'],
    ['example.com/feed?id=1&x=2', 'https://example.com/feed?id=1&x=2'],
    ['//example.com/feed', 'https://example.com/feed'],
    ['HTTPS://EXAMPLE.com/Feed', 'https://example.com/Feed'],
    ['feed:https://example.com/a', 'https://example.com/a'],
    ['feed:http://example.com/a', 'http://example.com/a'],
    ['feed://example.com/a', 'https://example.com/a'],
    ['feed://https://example.com/a', 'https://example.com/a'],
    ['feed:example.com/a', 'https://example.com/a'],
    ['FEED://example.com/a', 'https://example.com/a'],
    ['pcast://example.com/a', 'https://example.com/a'],
    ['pcast:example.com/a', 'https://example.com/a'],
    ['podcast://example.com/a', 'https://example.com/a'],
    ['itpc://example.com/a', 'https://example.com/a'],
    ['https:example.com/a', 'https://example.com/a'],
    ['example.com:8080/a', 'https://example.com:8080/a'],
    ['https://example.com/a#part', 'https://example.com/a'],
    ['bücher.example/a', 'https://xn--bcher-kva.example/a'],
    ['http://localhost/a', 'http://localhost/a'],
    ['localhost:4173/sample/feed.xml', 'http://localhost:4173/sample/feed.xml'],
    ['feed://127.0.0.1:8080/a', 'http://127.0.0.1:8080/a'],
    ['localhost.example.com/a', 'https://localhost.example.com/a'],
    ['http://127.0.0.1/a', 'http://127.0.0.1/a'],
    ['http://[::1]/a', 'http://[::1]/a'],
    ['[::1]:8080/a', 'http://[::1]:8080/a'],
    ['http://gateway:8080/a', 'http://gateway:8080/a'],
    ['https://intranet:443/a', 'https://intranet/a'],
  ])('reads %j', (typed, address) => {
    expect(readPodcastAddress(typed)).toBe(address);
  });

  it.each([
    '',
    ' \u200b ',
    'hello',
    'https://',
    'feed:',
    'https://intranet/feed',
    'example.',
    '12345',
    '0x7f000001',
    'javascript:alert(1)',
    'java\nscript:alert(1)',
    'feed:javascript:alert(1)',
    'data:text/html,hi',
    'file:///etc/passwd',
    'ftp://example.com/feed',
    'blob:https://example.com/1',
    'mailto:a@example.com',
    'someone@example.com',
    'https://user@example.com/feed',
    'https://user:word@example.com/feed',
    'https://example.com:99999/feed',
    'https://exa<mple.com/',
    `https://example.com/${'a'.repeat(5000)}`,
  ])('refuses %j', (typed) => {
    expect(readPodcastAddress(typed)).toBeUndefined();
  });
});

describe('safeWebAddress', () => {
  const base = 'https://example.com/show/feed.xml';

  it.each([
    ['https://example.org/a', 'https://example.org/a'],
    [' http://example.org/a ', 'http://example.org/a'],
    ['art.jpg', 'https://example.com/show/art.jpg'],
    ['/art.jpg', 'https://example.com/art.jpg'],
    ['../art.jpg', 'https://example.com/art.jpg'],
    ['//cdn.example/art.jpg', 'https://cdn.example/art.jpg'],
    ['?x=1', 'https://example.com/show/feed.xml?x=1'],
    ['a b.mp3', 'https://example.com/show/a%20b.mp3'],
  ])('makes %j absolute', (value, address) => {
    expect(safeWebAddress(value, base)).toBe(address);
  });

  it.each([
    undefined,
    '',
    '  ',
    'javascript:alert(1)',
    ' JaVaScRiPt:alert(1)',
    'java\tscript:alert(1)',
    '\u0001javascript:alert(1)',
    'data:text/html,<script>',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://example.com/x',
    'ipfs://someHash',
    'https://',
    `https://example.com/${'a'.repeat(5000)}`,
  ])('drops %j', (value) => {
    expect(safeWebAddress(value, base)).toBeUndefined();
  });

  it('needs a base for what is relative', () => {
    expect(safeWebAddress('art.jpg')).toBeUndefined();
  });
});
