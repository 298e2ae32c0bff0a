import { beforeAll, describe, expect, it } from 'vitest';
import { importTokenKey, type RelayGrant, readToken, signToken, type TokenKey } from './tokens.ts';

const grant: RelayGrant = {
  url: 'https://example.com/ä.mp3?x="<>&\u{1f3a7}',
  kind: 'audio',
  expiresAt: 1_800_000_000_000,
};

let key: TokenKey;
let foreignKey: TokenKey;

beforeAll(async () => {
  key = await importTokenKey('ours');
  foreignKey = await importTokenKey('theirs');
});

describe('relay tokens', () => {
  it('come back as they were signed, in characters that an address may hold', async () => {
    const token = await signToken(key, grant);
    expect(token).toMatch(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{43}$/);
    expect(await readToken(key, token)).toEqual(grant);
  });

  it('of another gateway are nothing to us', async () => {
    expect(await readToken(key, await signToken(foreignKey, grant))).toBeUndefined();
  });

  it('cannot be changed in any place', async () => {
    const token = await signToken(key, grant);
    for (const index of [0, 10, token.indexOf('.') - 1, token.indexOf('.') + 1]) {
      const other = token[index] === 'A' ? 'B' : 'A';
      const forged = token.slice(0, index) + other + token.slice(index + 1);
      expect(await readToken(key, forged)).toBeUndefined();
    }
  });

  it('cannot lend their signature to another payload', async () => {
    const [, signature] = (await signToken(key, grant)).split('.');
    const [payload] = (await signToken(key, { ...grant, url: 'http://127.0.0.1/' })).split('.');
    expect(await readToken(key, `${payload}.${signature}`)).toBeUndefined();
  });

  it.each([
    '',
    '.',
    'a.b',
    'a.b.c',
    '%00',
    `${'A'.repeat(20)}.${'A'.repeat(43)}`,
    '../../etc/passwd',
  ])('are not %j', async (text) => expect(await readToken(key, text)).toBeUndefined());
});
