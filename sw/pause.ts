import type { WorkerContext } from './context.ts';

export function pause({ later }: Pick<WorkerContext, 'later'>, pauseMs: number): Promise<void> {
  return new Promise((resolve) => later(pauseMs, resolve));
}
