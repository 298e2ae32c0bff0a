import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ShownTrace } from '../../inspection-view.ts';
import { bytes } from '../figures.ts';
import { icon } from '../icon.ts';
import { base } from '../styles/base.ts';
import { controls } from '../styles/controls.ts';
import { channelStyles } from './channel-styles.ts';
import { frameStyles } from './frame-styles.ts';
import { steppedTo } from './keyboard-steps.ts';
import { listStyles } from './list-styles.ts';
import { ScrollWindow } from './scroll-window.ts';
import { TraceSelectEvent } from './trace-select-event.ts';
import {
  CHANNEL_NAMES,
  isFailed,
  nameOf,
  outcomeWords,
  PARTY_NAMES,
  plain,
  span,
  timeOfDay,
} from './trace-words.ts';
import '../notice.ts';

const COLUMNS = ['Time', 'Seen by', 'Way', 'Channel', 'Name', 'Size', 'Took', 'Outcome'] as const;
const WIDE_PX = 720;
const HEAD_PX = 36;

/**
 * Every trace in the order of the recording, one line each. The newest is at the end and stays in
 * sight until somebody scrolls away. Only the lines in sight exist.
 *
 * @cssprop --picture-max-height - the list scrolls within it
 * @fires {TraceSelectEvent} trace-select - when a line is chosen, by pointer or by arrow keys
 */
@customElement('sa-trace-list')
export class TraceList extends LitElement {
  @property({ attribute: false }) traces: readonly ShownTrace[] = [];
  @property({ attribute: false }) selectedId: number | undefined;
  @query('.scroll') private box!: HTMLElement | null;

  private readonly window = new ScrollWindow(this);
  private shown: readonly ShownTrace[] = [];
  private readUpTo = 0;
  private revealed: number | undefined;

  static override readonly styles = [base, controls, channelStyles, frameStyles, listStyles];

  protected override async scheduleUpdate(): Promise<void> {
    if (this.hasUpdated) await new Promise(requestAnimationFrame);
    await super.scheduleUpdate();
  }

  private get rowPx(): number {
    return (this.window.widthPx || WIDE_PX) >= WIDE_PX ? 32 : 72;
  }

  private get firstInSight(): number {
    const { top } = this.window.range(this.traces.length * this.rowPx);
    return Math.max(0, Math.floor(top / this.rowPx));
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('traces')) return;
    // A recording forgets its oldest: what is looked at moves up by as many lines.
    const held = this.window.following
      ? undefined
      : this.shown[Math.floor(this.window.top / this.rowPx)];
    const before = held ? this.shown.indexOf(held) : -1;
    this.shown = this.traces;
    const now = held ? this.traces.findIndex(({ id }) => id === held.id) : -1;
    if (now >= 0) this.window.shift((now - before) * this.rowPx);
  }

  protected override updated(): void {
    this.style.setProperty('--all-rows', `${this.traces.length * this.rowPx}px`);
    this.style.setProperty('--first-row', `${this.firstInSight * this.rowPx}px`);
    this.window.watch(this.box);
    this.window.settle();
    if (this.window.following) this.readUpTo = this.traces.at(-1)?.id ?? 0;
    this.revealSelected();
  }

  private revealSelected(): void {
    if (this.selectedId === this.revealed) return;
    const index = this.traces.findIndex(({ id }) => id === this.selectedId);
    if (this.selectedId !== undefined && index < 0) return;
    this.revealed = this.selectedId;
    if (index >= 0) this.window.reveal(index * this.rowPx, (index + 1) * this.rowPx, HEAD_PX);
  }

  protected override render(): TemplateResult {
    const { traces, rowPx } = this;
    if (traces.length === 0) {
      return html`<div class="frame">
        <sa-notice sign="inspector" heading="Silence">
          Nothing was said yet. Press a button, or use the app in another tab.
        </sa-notice>
      </div>`;
    }
    const first = this.firstInSight;
    const { bottom } = this.window.range(traces.length * rowPx);
    const inSight = traces.slice(first, Math.ceil(bottom / rowPx));
    const isShown = inSight.some(({ id }) => id === this.selectedId);
    return html`<div class=${`frame ${rowPx === 32 ? 'wide' : 'narrow'}`}>
      <div
        class="scroll focusable"
        role="grid"
        tabindex="0"
        aria-label="All traces"
        aria-rowcount=${traces.length + 1}
        aria-activedescendant=${isShown ? `trace-${this.selectedId}` : nothing}
        @keydown=${this.step}
        @click=${this.choose}
      >
        <div class="row head-row" role="row" aria-rowindex="1">
          ${COLUMNS.map((name) => html`<span role="columnheader">${name}</span>`)}
        </div>
        <div class="all" role="rowgroup">
          <div class="in-sight" role="presentation">
            ${repeat(
              inSight,
              ({ id }) => id,
              (trace, index) => this.renderRow(trace, first + index),
            )}
          </div>
        </div>
      </div>
      ${this.window.following ? nothing : this.renderNewest()}
    </div>`;
  }

  private renderRow(trace: ShownTrace, index: number): TemplateResult {
    const { id, channel, from, to, phase, sizeBytes, tookMs, outcome } = trace;
    const failed = isFailed(trace);
    return html`<div
      id=${`trace-${id}`}
      class=${`row ${channel} ${failed ? 'failed' : ''}`}
      role="row"
      aria-rowindex=${index + 2}
      aria-selected=${id === this.selectedId ? 'true' : 'false'}
    >
      <span role="gridcell" class="time">${timeOfDay(trace.at)}</span>
      <span role="gridcell" class="side">${PARTY_NAMES[trace.seenBy]}</span>
      <span role="gridcell" class="way">
        ${PARTY_NAMES[from]} <span aria-hidden="true">${phase === 'end' ? '⇢' : '→'}</span>
        <span class="unseen">to</span> ${PARTY_NAMES[to]}
      </span>
      <span role="gridcell" class="channel">${CHANNEL_NAMES[channel]}</span>
      <span role="gridcell" class="name" title=${plain(trace.type, 200)}>${nameOf(trace, 60)}</span>
      <span role="gridcell" class="number">${sizeBytes === undefined ? '' : bytes(sizeBytes)}</span>
      <span role="gridcell" class="number took">${tookMs === undefined ? '' : span(tookMs)}</span>
      <span role="gridcell" class="outcome">
        ${failed ? icon('alert') : nothing}${outcome === undefined ? '' : outcomeWords(outcome)}
      </span>
    </div>`;
  }

  private renderNewest(): TemplateResult {
    const unread = this.traces.filter(({ id }) => id > this.readUpTo).length;
    return html`<div class="newest">
      <button type="button" class="button primary" @click=${() => this.window.follow()}>
        ${icon('down')} ${unread > 0 ? `${unread} newer` : 'Newest'}
      </button>
    </div>`;
  }

  private readonly step = (event: KeyboardEvent): void => {
    const index = this.traces.findIndex(({ id }) => id === this.selectedId);
    const next = steppedTo(event.key, index, this.traces.length);
    const trace = next === undefined ? undefined : this.traces[next];
    if (!trace) return;
    event.preventDefault();
    this.dispatchEvent(new TraceSelectEvent(trace.id));
  };

  private readonly choose = (event: MouseEvent): void => {
    const row = event.target instanceof Element && event.target.closest('[aria-selected]');
    const id = row ? Number(row.id.slice('trace-'.length)) : Number.NaN;
    if (!Number.isNaN(id)) this.dispatchEvent(new TraceSelectEvent(id));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-trace-list': TraceList;
  }
}
