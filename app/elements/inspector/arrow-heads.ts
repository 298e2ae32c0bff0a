import { type SVGTemplateResult, svg } from 'lit';
import type { Channel } from '../../../core/contract/trace.ts';

/* Heads point to the right, with their tip at 0, 0. Each channel has a shape of its own. */

const HEADS: Record<Channel, SVGTemplateResult> = {
  request: svg`<path class="full" d="M0 0-9-4.5v9z"/>`,
  stream: svg`<path class="full" d="M0 0-6.5-4.5v9z"/><path class="full" d="M-6.5 0-13-4.5v9z"/>`,
  broadcast: svg`<path class="hollow" d="M0 0-10-5.5v11z"/>`,
  tabs: svg`<path class="hollow" d="M0 0-6-4.5-12 0l6 4.5z"/>`,
  live: svg`<path class="full" d="M0 0-6-4.5-12 0l6 4.5z"/>`,
  event: svg`<circle class="full" cx="-5" r="4.5"/>`,
  life: svg`<path class="full" d="M0-4v8h-8v-8z"/>`,
};

/** Half an arrow of an answer, whatever the channel: it goes back where the question came from. */
const ANSWER = svg`<path class="line" d="M-8-4.5 0 0-8 4.5"/>`;

export function arrowHead(channel: Channel, isAnswer: boolean): SVGTemplateResult {
  return isAnswer ? ANSWER : HEADS[channel];
}
