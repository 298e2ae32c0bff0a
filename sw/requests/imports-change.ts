import type { Nothing } from '../../core/contract/requests.ts';
import type { Database } from '../../core/storage/database.ts';
import { cancelImports, clearImports, resumeImports } from '../../core/storage/imports.ts';
import type { Call } from './index.ts';

/** What was under way ends and finds itself cancelled: nothing of it is stored. */
export const cancelImport = changing(cancelImports);
export const resumeImport = changing(resumeImports);
export const clearImport = changing(clearImports);

function changing(change: (db: Database) => Promise<void>) {
  return async (_params: Nothing, { context, waitUntil }: Call): Promise<Nothing> => {
    await change(await context.database());
    waitUntil(context.broadcast({ type: 'imports/changed' }));
    return {};
  };
}
