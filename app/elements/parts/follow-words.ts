import type { AutoDownload } from '../../../core/model/auto-download.ts';
import type { Episode } from '../../../core/model/episode.ts';
import type { Subscription } from '../../../core/model/subscription.ts';

/** How things stand, in one line. */
export function summaryWords(
  { announce }: Subscription,
  rules: AutoDownload,
  announces: boolean,
): string {
  const told = announces && announce ? 'Announced' : 'Not announced';
  return rules.on ? `${told}, downloaded by itself` : `${told}, not downloaded by itself`;
}

/** Said before anything is switched on: what that would fetch. */
export function previewWords(
  { on, newest }: AutoDownload,
  preview: readonly Episode[] | undefined,
): string {
  if (on) {
    return newest === 1
      ? 'Takes the newest of what comes. What is there already stays as it is.'
      : `Takes the newest ${newest} of what comes. What is there already stays as it is.`;
  }
  if (!preview) return 'What it would take at once cannot be shown just now.';
  const [first, second, ...others] = preview.map(({ title }) => `“${title}”`);
  if (!first) return 'Switched on now, it takes nothing of what is there.';
  const rest =
    others.length > 0 ? `, ${second} and ${others.length} more` : second ? ` and ${second}` : '';
  return `Switched on now, it takes ${first}${rest}.`;
}
