import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isErrorCode } from './node-errors.ts';

const SECRET_BYTES = 32;

/**
 * The secret behind relay tokens, from a file that is made the first time. Two processes that
 * start at once end up with the same one: a link is made whole, and only by the first.
 */
export async function loadSecret(folder: string): Promise<string> {
  const path = join(folder, 'secret');
  const known = await readSecret(path);
  if (known !== undefined) return known;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, randomBytes(SECRET_BYTES).toString('base64url'), { mode: 0o600 });
  try {
    await link(draft, path);
  } catch (error) {
    if (!isErrorCode(error, 'EEXIST')) throw error;
  } finally {
    await rm(draft);
  }
  const made = await readSecret(path);
  if (made === undefined) throw new Error(`${path} holds no secret; delete it to have one made.`);
  return made;
}

async function readSecret(path: string): Promise<string | undefined> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.trim() || undefined;
}
