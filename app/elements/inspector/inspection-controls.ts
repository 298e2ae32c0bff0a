import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Channel, Trace } from '../../../core/contract/trace.ts';
import type { Dropped, Inspection } from '../../inspection-view.ts';
import { saveFile } from '../../save-file.ts';
import { icon } from '../icon.ts';
import { base } from '../styles/base.ts';
import { controls } from '../styles/controls.ts';
import { inspectionControlStyles } from './inspection-control-styles.ts';

const CHANNEL_NAMES: Record<Channel, string> = {
  request: 'Requests',
  stream: 'Streams',
  broadcast: 'Broadcasts',
  tabs: 'Tabs',
  live: 'Live',
  event: 'Events',
  life: 'Life',
};

const SIDES: [Trace['seenBy'] | undefined, string][] = [
  [undefined, 'Both sides'],
  ['page', 'Page'],
  ['worker', 'Worker'],
];

/** Pause, clear, export, and what is to be seen of it all. Speaks to the inspection itself. */
@customElement('sa-inspection-controls')
export class InspectionControls extends LitElement {
  @property({ attribute: false }) inspection: Inspection | undefined;
  /** Of the inspection, so that each is rendered. */
  @property({ attribute: false }) changes = 0;

  static override readonly styles = [base, controls, inspectionControlStyles];

  protected override render(): TemplateResult {
    const { inspection } = this;
    if (!inspection) return html`${nothing}`;
    const { paused, filter } = inspection;
    return html`<div class="actions">
        <button
          type="button"
          class=${paused ? 'button primary' : 'button'}
          @click=${() => (paused ? inspection.resume() : inspection.pause())}
        >
          ${icon(paused ? 'play' : 'pause-small')}${paused ? 'Go on' : 'Pause'}
        </button>
        <button type="button" class="button" @click=${() => inspection.clear()}>
          ${icon('delete')}Clear
        </button>
        <button type="button" class="button" @click=${() => exportFrom(inspection)}>
          ${icon('download')}Export
        </button>
        <input
          class="field"
          type="search"
          aria-label="Filter by words"
          placeholder="Filter by words"
          autocomplete="off"
          spellcheck="false"
          .value=${filter.text}
          @input=${({ target }: Event) => {
            if (target instanceof HTMLInputElement) inspection.show({ text: target.value });
          }}
        />
      </div>
      <div class="filters">
        <div class="sides" role="group" aria-label="Seen by">
          ${SIDES.map(
            ([seenBy, name]) => html`<button
              type="button"
              aria-pressed=${filter.seenBy === seenBy}
              @click=${() => inspection.show({ seenBy })}
            >
              ${name}
            </button>`,
          )}
        </div>
        <div class="channels" role="group" aria-label="Channels">
          ${Object.entries(CHANNEL_NAMES).map(([channel, name]) =>
            renderChannel(inspection, channel as Channel, name),
          )}
        </div>
      </div>
      <p class="counts figures">${countWords(inspection)}</p>`;
  }
}

function renderChannel(inspection: Inspection, channel: Channel, name: string): TemplateResult {
  const { hidden } = inspection.filter;
  const isShown = !hidden.has(channel);
  const toggle = () => {
    const next = new Set(hidden);
    if (isShown) next.add(channel);
    else next.delete(channel);
    inspection.show({ hidden: next });
  };
  return html`<button type="button" class="chip" aria-pressed=${isShown} @click=${toggle}>
    ${name}
  </button>`;
}

function exportFrom(inspection: Inspection): void {
  const at = new Date().toISOString().replaceAll(':', '-').slice(0, 19);
  saveFile(`stowaway-inspector-${at}.json`, 'application/json', inspection.exported());
}

function countWords(inspection: Inspection): TemplateResult {
  const { shown, held, waiting, forgotten, dropped, paused } = inspection;
  const all = shown.length === held ? `${held}` : `${shown.length} of ${held}`;
  return html`<span>${all} shown</span>
    ${paused ? html`<span>paused, ${waiting} more since</span>` : nothing}
    ${forgotten > 0 ? html`<span>${forgotten} older ones let go</span>` : nothing}
    ${droppedWords('worker', dropped.worker)} ${droppedWords('page', dropped.page)}`;
}

function droppedWords(side: string, dropped: Dropped): TemplateResult | typeof nothing {
  const counted = Object.entries(dropped).filter(([, count]) => count > 0);
  if (counted.length === 0) return nothing;
  const sum = counted.reduce((total, [, count]) => total + count, 0);
  const why = counted.map(([reason, count]) => `${reason} × ${count}`).join(', ');
  return html`<span class="dropped">${sum} dropped by the ${side} (${why})</span>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-inspection-controls': InspectionControls;
  }
}
