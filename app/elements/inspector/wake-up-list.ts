import { html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { outboxWords, type UnrecordedCause, type WakeUp } from '../../../core/model/wake-up.ts';
import { wakeUpsContext } from '../../contexts.ts';
import { Live } from '../../controllers/live.ts';
import { LiveRows } from '../../controllers/live-rows.ts';
import type { SeenWakeUp } from '../../inspection-view.ts';
import { date } from '../figures.ts';
import { base } from '../styles/base.ts';
import { laterStyles } from './later-styles.ts';
import { plain, timeOfDay } from './trace-words.ts';

const MOST = 50;

const CAUSES: Record<UnrecordedCause, string> = {
  'page-open': 'A page was opened',
  online: 'A page is online again',
  visibility: 'A page came into sight',
  live: 'The live connection stands',
  message: 'A page was told of a change',
  advance: 'A page goes on',
  'worker-start': 'The worker started',
};

const OUTCOMES: Record<WakeUp['outcome'], string> = {
  begun: 'under way, or cut short',
  done: 'all done',
  left: 'something is left',
  failed: 'failed',
};

interface Line {
  at: number;
  by: string;
  ledTo: string;
}

/** Whatever had the worker look at what waits: rows of those that the browser sent, and what was seen. */
@customElement('sa-wake-up-list')
export class WakeUpList extends LitElement {
  /** Those that leave no row. */
  @property({ attribute: false }) seen: readonly SeenWakeUp[] = [];
  private readonly wakeUps = new Live(this, wakeUpsContext);
  private readonly received = new LiveRows(this, {
    live: this.wakeUps,
    args: () => [],
    read: (wakeUps) => wakeUps.received(MOST),
  });

  static override readonly styles = [base, laterStyles];

  protected override render(): TemplateResult {
    const lines = [...(this.received.rows ?? []).map(ofRow), ...this.seen.map(ofSeen)]
      .sort((one, other) => other.at - one.at)
      .slice(0, MOST);
    if (lines.length === 0) return html`<p class="none">None yet.</p>`;
    return html`<div class="scroll" tabindex="0" role="region" aria-label="List of wake-ups">
      <ol role="list">
        ${lines.map(
          ({ at, by, ledTo }) => html`<li class="wake-up">
            <time class="figures" datetime=${new Date(at).toISOString()}>${timeWords(at)}</time>
            <strong>${by}</strong>
            <span class="led-to">${ledTo}</span>
          </li>`,
        )}
      </ol>
    </div>`;
  }
}

function ofRow({ at, by, tag, lastChance, outcome, outbox }: WakeUp): Line {
  const name = by === 'sync' ? 'Background Sync' : 'Periodic Background Sync';
  const about = [plain(tag, 60), ...(lastChance ? ['the last call'] : [])].join(', ');
  const ledTo = OUTCOMES[outcome] + (outbox ? `: ${outboxWords(outbox)}` : '');
  return { at, by: `${name} (${about})`, ledTo };
}

function ofSeen({ at, by, ledTo }: SeenWakeUp): Line {
  const cause: Record<string, string> = CAUSES;
  const known = Object.hasOwn(cause, by) ? cause[by] : undefined;
  return {
    at,
    by: known ?? plain(by, 40),
    ledTo: ledTo === undefined ? OUTCOMES.begun : plain(ledTo, 60),
  };
}

/** With its day, where that is not today. */
function timeWords(at: number): string {
  const time = timeOfDay(at).slice(0, 8);
  const isToday = new Date(at).toDateString() === new Date().toDateString();
  return isToday ? time : `${date(at)}, ${time}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-wake-up-list': WakeUpList;
  }
}
