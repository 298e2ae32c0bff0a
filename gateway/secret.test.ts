import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadSecret } from './secret.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stowaway-secret-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('the secret', () => {
  it('is made once, long, and for its owner alone', async () => {
    const data = join(folder, 'not/there/yet');
    const secret = await loadSecret(data);
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect(await loadSecret(data)).toBe(secret);
    expect((await stat(join(data, 'secret'))).mode & 0o777).toBe(0o600);
    expect(await readdir(data)).toEqual(['secret']);
  });

  it('is the same for all who start at once', async () => {
    const secrets = await Promise.all(Array.from({ length: 20 }, () => loadSecret(folder)));
    expect(new Set(secrets).size).toBe(1);
    expect(await readFile(join(folder, 'secret'), 'utf8')).toBe(secrets[0]);
    expect(await readdir(folder)).toEqual(['secret']);
  });

  it('is never an empty one', async () => {
    await writeFile(join(folder, 'secret'), '\n');
    await expect(loadSecret(folder)).rejects.toThrow('holds no secret');
  });
});
