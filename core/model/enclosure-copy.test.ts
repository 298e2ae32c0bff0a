import { describe, expect, it } from 'vitest';
import { copiesOf, copyAt } from './enclosure-copy.ts';
import type { AlternateEnclosure } from './parsed-feed.ts';

const enclosure = { url: 'https://host.example/full.mp3', type: 'audio/mpeg', sizeBytes: 1000 };

function anAlternate(facts: Partial<AlternateEnclosure> = {}): AlternateEnclosure {
  return {
    type: 'audio/opus',
    sizeBytes: 100,
    bitrate: 32_000,
    title: 'Small',
    isDefault: undefined,
    integrity: undefined,
    sources: [{ url: 'https://host.example/small.opus', type: undefined }],
    ...facts,
  };
}

const integrity = 'sha256-x';

describe('copiesOf', () => {
  it('names the enclosure first, then its other forms', () => {
    const copies = copiesOf({ enclosure, alternateEnclosures: [anAlternate({ integrity })] });
    expect(copies.map(({ id, ...facts }) => facts)).toEqual([
      { ...enclosure, bitrate: undefined, title: undefined, integrity: undefined },
      {
        url: 'https://host.example/small.opus',
        type: 'audio/opus',
        sizeBytes: 100,
        bitrate: 32_000,
        title: 'Small',
        integrity,
      },
    ]);
  });

  it('gives the enclosure the digest of the form that has its address', () => {
    const same = anAlternate({ integrity, sources: [{ url: enclosure.url, type: undefined }] });
    const copies = copiesOf({ enclosure, alternateEnclosures: [same] });
    expect(copies).toMatchObject([{ url: enclosure.url, sizeBytes: 1000, integrity }]);
  });

  it('gives the enclosure the digest of the default form, which is the same file elsewhere', () => {
    const same = anAlternate({ integrity, isDefault: true, type: 'audio/mpeg', sizeBytes: 1000 });
    expect(copiesOf({ enclosure, alternateEnclosures: [same] })).toMatchObject([{ integrity }]);
    const terse = { ...same, type: undefined, sizeBytes: undefined };
    expect(copiesOf({ enclosure, alternateEnclosures: [terse] })).toMatchObject([{ integrity }]);
  });

  it.each([
    ['another length', { type: 'audio/mpeg', sizeBytes: 999 }],
    ['another type', { type: 'audio/aac', sizeBytes: 1000 }],
  ])('does not believe in a default form of %s', (_what, facts) => {
    const other = anAlternate({ integrity, isDefault: true, ...facts });
    const copies = copiesOf({ enclosure, alternateEnclosures: [other] });
    expect(copies.map((copy) => copy.integrity)).toEqual([undefined, integrity]);
  });

  it('names no address twice, and gives each an id of its own', () => {
    const alternates = [
      anAlternate(),
      anAlternate({ title: 'Again' }),
      anAlternate({ sources: [{ url: 'https://host.example/tiny.opus', type: 'audio/ogg' }] }),
    ];
    const copies = copiesOf({ enclosure, alternateEnclosures: alternates });
    expect(copies.map(({ type }) => type)).toEqual(['audio/mpeg', 'audio/opus', 'audio/ogg']);
    expect(new Set(copies.map(({ id }) => id)).size).toBe(3);
    for (const { id } of copies) expect(id).toMatch(/^[0-9a-z]{1,7}$/);
  });

  it('names none where there is no enclosure', () => {
    expect(copiesOf({ enclosure: undefined, alternateEnclosures: [anAlternate()] })).toEqual([]);
  });
});

describe('copyAt', () => {
  const episode = { enclosure, alternateEnclosures: [anAlternate()] };

  it.each([
    ['the enclosure where none was chosen', undefined, enclosure.url],
    ['the one that was', 'https://host.example/small.opus', 'https://host.example/small.opus'],
    ['the enclosure where that is named no more', 'https://host.example/gone', enclosure.url],
  ])('finds %s', (_what, url, expected) => {
    expect(copyAt(episode, url)?.url).toBe(expected);
  });
});
