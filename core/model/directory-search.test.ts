import { describe, expect, it } from 'vitest';
import { MAX_QUERY_LENGTH, searchKey } from './directory-search.ts';

describe('searchKey', () => {
  it.each([
    ['  Night\t Ferry ', 'night ferry'],
    ['ＮＩＧＨＴ', 'night'],
    ['Cafe\u0301', 'café'],
    ['\u202enight\u0000', 'night'],
    ['', ''],
    [' \n ', ''],
    ['\ud800', ''],
    ['東京', '東京'],
  ])('reads %j as %j', (typed, key) => {
    expect(searchKey(typed)).toBe(key);
    expect(searchKey(key)).toBe(key);
  });

  it('cuts what nobody types, and never in the middle of a sign', () => {
    expect(searchKey('a'.repeat(1_000_000))).toHaveLength(MAX_QUERY_LENGTH);
    const cut = searchKey(`a${'🚢'.repeat(1000)}`);
    expect(cut.length).toBeLessThanOrEqual(MAX_QUERY_LENGTH);
    expect(() => encodeURIComponent(cut)).not.toThrow();
  });
});
