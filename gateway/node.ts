import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isErrorCode } from './node-errors.ts';
import { startServer } from './server.ts';
import { SettingError } from './settings.ts';

/**
 * The entry of `npm start`, built to `dist/gateway/node.js`; the app is beside it in `dist/app`,
 * unless `APP_FOLDER` says where else.
 */
const appFolder = process.env.APP_FOLDER || resolve(fileURLToPath(import.meta.url), '../../app');

try {
  const server = await startServer({ env: process.env, appFolder, print: console.log });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void server.close());
  }
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
}

function explain(error: unknown): unknown {
  if (error instanceof SettingError) return error.message;
  const port = process.env.PORT || '4173';
  if (isErrorCode(error, 'EADDRINUSE')) {
    return `Port ${port} is in use; choose another one: PORT=${Number(port) + 1} npm start`;
  }
  if (isErrorCode(error, 'EACCES')) return `Port ${port} may not be opened by this user.`;
  return error;
}
