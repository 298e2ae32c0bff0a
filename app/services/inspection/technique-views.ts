import type { TechniqueView } from '../../inspection-view.ts';
import type { Tools } from './technique.ts';
import type { NamedTechnique } from './techniques.ts';

type Needed = Omit<Tools, 'stop' | 'registration'> & {
  registration: ServiceWorkerRegistration | undefined;
};

/** The techniques as buttons. Everything that still runs is stopped with `closed`. */
export function viewTechniques(
  techniques: readonly NamedTechnique[],
  { registration, ...tools }: Needed,
  closed: AbortSignal,
): TechniqueView[] {
  return techniques.map(({ name, code, technique }) => {
    const { title, explanation, docs } = technique;
    const view = { name, title, explanation, docs, code };
    if (!registration) {
      const missing = 'There is no service worker in this window.';
      return { ...view, missing, run: () => Promise.reject(new Error(missing)) };
    }
    return {
      ...view,
      missing: technique.missing?.(registration),
      run: (stop) =>
        technique.run({ ...tools, registration, stop: AbortSignal.any([stop, closed]) }),
    };
  });
}
