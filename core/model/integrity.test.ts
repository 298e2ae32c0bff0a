import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readIntegrity } from './integrity.ts';

const digest = (algorithm: string, text = 'audio') =>
  createHash(algorithm).update(text).digest('base64');
const [sha256, sha384, sha512] = [digest('sha256'), digest('sha384'), digest('sha512')];

describe('readIntegrity', () => {
  it.each([
    ['sha256', sha256],
    ['sha384', sha384],
    ['sha512', sha512],
  ] as const)('reads %s', (algorithm, value) => {
    expect(readIntegrity(`${algorithm}-${value}`)).toEqual({ algorithm, digests: [value] });
  });

  it('takes any one of several digests, of the strongest algorithm alone', () => {
    const other = digest('sha384', 'other');
    const text = ` sha256-${sha256}\n sha384-${sha384}  sha384-${other} `;
    expect(readIntegrity(text)).toEqual({ algorithm: 'sha384', digests: [sha384, other] });
  });

  it.each([
    ['without padding', `sha256-${sha256.replaceAll('=', '')}`],
    ['in the alphabet of addresses', `sha256-${sha256.replaceAll('+', '-').replaceAll('/', '_')}`],
    ['with options', `sha256-${sha256}?ct=audio/mpeg`],
    ['in capitals', `SHA256-${sha256}`],
    ['beside what nobody knows', `md5-abc sha256-${sha256} sha1024-${sha512}`],
  ])('reads one %s', (_how, text) => {
    expect(readIntegrity(text)).toEqual({ algorithm: 'sha256', digests: [sha256] });
  });

  it.each([
    ['nothing', undefined],
    ['an empty one', ''],
    ['a weak algorithm', `md5-${digest('md5')}`],
    ['a digest that is too short', `sha256-${sha256.slice(4)}`],
    ['a digest of another algorithm', `sha512-${sha256}`],
    ['hexadecimal', `sha256-${createHash('sha256').update('audio').digest('hex')}`],
    ['no algorithm', sha256],
    ['what only ends like one', `xsha256-${sha256}`],
    ['what goes on behind its end', `sha256-${sha256}!`],
  ])('finds nothing to check in %s', (_what, text) => {
    expect(readIntegrity(text)).toBeUndefined();
  });
});
