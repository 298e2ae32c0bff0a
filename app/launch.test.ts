import { describe, expect, it } from 'vitest';
import { destinationOf } from './launch.ts';

const launched = (query: Record<string, string>, base = 'https://app.example/below/') =>
  destinationOf(`${base}?${new URLSearchParams(query)}`);
const filledIn = (address: string) => `#/?subscribe=${encodeURIComponent(address)}`;
const FEED = 'https://example.org/feed.xml';

describe('a web+podcast: link', () => {
  it.each([
    ['web+podcast://example.org/feed.xml', FEED],
    ['web+podcast:https://example.org/feed.xml', FEED],
    ['web+podcast://https://example.org/feed.xml', FEED],
    ['WEB+PODCAST:http://example.org/feed.xml', 'http://example.org/feed.xml'],
    ['web+podcast:example.org/feed.xml?a=1&b=2', `${FEED}?a=1&b=2`],
    ['web+podcast:web+podcast:feed:example.org/feed.xml', FEED],
    ['podcast://example.org/feed.xml', FEED],
  ])('%s', (link, address) => {
    expect(launched({ podcast: link })).toBe(filledIn(address));
  });

  it.each([
    'web+podcast:javascript:alert(1)',
    'web+podcast:file:///etc/passwd',
    'web+podcast:data:text/html,x',
    'web+podcast:web+other:https://example.org/',
    'web+podcast:https://user:secret@example.org/',
    'web+podcast:',
    '',
    `web+podcast:https://example.org/${'x'.repeat(5000)}`,
    `${'web+podcast:'.repeat(100_000)}javascript:x`,
  ])('%.50s leads to the library', (podcast) => {
    expect(launched({ podcast })).toBe('#/');
  });
});

describe('what was shared', () => {
  it.each([
    [{ url: FEED }, FEED],
    [{ title: 'A show', text: `Listen to this: ${FEED}.`, url: '' }, FEED],
    [{ text: `(${FEED})` }, FEED],
    [{ text: `“${FEED}”\nand https://other.example/` }, FEED],
    [{ title: FEED }, FEED],
    [{ text: 'try example.org/feed.xml, it is good' }, FEED],
    [{ text: `example.org/other and ${FEED}` }, FEED],
    [{ text: 'write to me@example.org/x or feed:example.org/feed.xml' }, FEED],
    [
      { text: 'javascript:alert(1) https://user:x@example.org/ https://example.org/feed.xml' },
      FEED,
    ],
    [{ text: 'web+podcast://example.org/feed.xml' }, FEED],
    [{ text: 'https://example.org/\u202efeed\u200b.xml' }, FEED],
  ])('%j', (query, address) => {
    expect(launched(query)).toBe(filledIn(address));
  });

  it.each([
    { text: 'just some words, and a dot.' },
    { text: 'file:///etc/passwd' },
    { url: 'javascript:alert(document.domain)' },
    { title: '<img src=x onerror=alert(1)>' },
    { text: `${'x '.repeat(1_000_000)}${FEED}` },
    { text: 'https:'.repeat(100_000) },
    { text: `${'.'.repeat(500_000)}/` },
  ])('%.60j leads to the library', (query) => {
    expect(launched(query as unknown as Record<string, string>)).toBe('#/');
  });
});

it('a shortcut leads to its page, and an address that says nothing nowhere', () => {
  expect(destinationOf('https://app.example/#/downloads')).toBe('#/downloads');
  expect(destinationOf('https://app.example/below/')).toBeUndefined();
  expect(destinationOf('https://app.example/?utm_source=x')).toBeUndefined();
  expect(destinationOf('https://app.example/?utm_source=x#/search')).toBe('#/search');
});
