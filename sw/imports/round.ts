import { countImports } from '../../core/storage/imports.ts';
import type { WorkerContext } from '../context.ts';
import type { WorkedOff } from '../wake-ups.ts';
import { importRound } from './advance.ts';

/** The import, for an event that no page stands behind. Loads nothing where nothing waits. */
export async function importsInRound(context: WorkerContext, until: number): Promise<WorkedOff> {
  const { waiting } = await countImports(await context.database());
  return waiting === 0 ? 'done' : importRound(context, until);
}
