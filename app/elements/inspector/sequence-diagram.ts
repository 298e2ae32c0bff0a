import { html, LitElement, nothing, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ShownTrace } from '../../inspection-view.ts';
import { icon } from '../icon.ts';
import { base } from '../styles/base.ts';
import { controls } from '../styles/controls.ts';
import { arrowHead } from './arrow-heads.ts';
import { channelStyles } from './channel-styles.ts';
import { frameStyles } from './frame-styles.ts';
import { steppedTo } from './keyboard-steps.ts';
import { ScrollWindow } from './scroll-window.ts';
import { columnsFor } from './sequence-columns.ts';
import {
  drawArrow,
  drawBand,
  drawBar,
  drawHeads,
  drawLifelines,
  drawSilence,
  HEAD_PX,
} from './sequence-drawing.ts';
import { type Arrow, layOutSequence, type SequenceLayout } from './sequence-layout.ts';
import { sequenceStyles } from './sequence-styles.ts';
import { TraceSelectEvent } from './trace-select-event.ts';
import { CHANNEL_NAMES, CHANNELS } from './trace-words.ts';
import '../notice.ts';

/**
 * Who said what to whom: lifelines side by side, time running downward, an arrow for each message.
 * The newest is at the bottom and stays in sight until somebody scrolls away. What is out of sight is
 * not drawn.
 *
 * @cssprop --picture-max-height - the picture scrolls within it
 * @fires {TraceSelectEvent} trace-select - when an arrow is chosen, by pointer or by arrow keys
 */
@customElement('sa-sequence-diagram')
export class SequenceDiagram extends LitElement {
  @property({ attribute: false }) traces: readonly ShownTrace[] = [];
  /** Of either sighting of a message. */
  @property({ attribute: false }) selectedId: number | undefined;
  @query('.scroll') private box!: HTMLElement | null;

  private readonly window = new ScrollWindow(this);
  private layout: SequenceLayout = layOutSequence([]);
  /** The newest there was when the end was last in sight, and before the last update. */
  private readUpTo = 0;
  private knownUpTo = 0;
  private freshFrom = Number.POSITIVE_INFINITY;
  private revealed: number | undefined;

  static override readonly styles = [base, controls, channelStyles, frameStyles, sequenceStyles];

  /** At most one picture a frame, however fast traces come; none while nobody sees the page. */
  protected override async scheduleUpdate(): Promise<void> {
    if (this.hasUpdated) await new Promise(requestAnimationFrame);
    await super.scheduleUpdate();
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('traces')) return;
    const held = this.window.following ? undefined : this.firstInSight();
    this.layout = layOutSequence(this.traces);
    if (held) {
      const now = this.layout.arrows.find(({ message }) => message.id === held.message.id);
      if (now) this.window.shift(now.top - held.top);
    }
    const newest = this.traces.reduce((id, trace) => Math.max(id, trace.id), 0);
    // What is there from the beginning has not just been said.
    this.freshFrom = this.hasUpdated && newest > this.knownUpTo ? this.knownUpTo : Infinity;
    this.knownUpTo = newest;
  }

  private firstInSight(): Arrow | undefined {
    return this.layout.arrows.find(({ top }) => top >= this.window.top);
  }

  protected override updated(): void {
    this.style.setProperty('--picture-height', `${this.layout.heightPx}px`);
    this.window.watch(this.box);
    this.window.settle();
    if (this.window.following) this.readUpTo = this.knownUpTo;
    this.revealSelected();
  }

  /** What was selected elsewhere comes in sight, once. */
  private revealSelected(): void {
    if (this.selectedId === this.revealed) return;
    const arrow = this.layout.arrows.find(this.isChosen);
    if (this.selectedId !== undefined && !arrow) return;
    this.revealed = this.selectedId;
    if (arrow) this.window.reveal(arrow.top - 30, arrow.bottom + 16, HEAD_PX);
  }

  private readonly isChosen = ({ message }: Arrow): boolean =>
    this.selectedId !== undefined &&
    (message.sent?.id === this.selectedId || message.arrived?.id === this.selectedId);

  protected override render(): TemplateResult {
    const { layout, window } = this;
    if (layout.arrows.length === 0) {
      return html`<div class="frame">
        <sa-notice sign="inspector" heading="Silence">
          Nothing was said yet. Press a button, or use the app in another tab.
        </sa-notice>
      </div>`;
    }
    const columns = columnsFor(window.widthPx || 640);
    const wide = columns.gutterPx > 0 ? 'wide' : '';
    const chosen = layout.arrows.find(this.isChosen);
    return html`<div class=${`frame ${wide}`}>
        <div class="stage"><div class="scroll">
          <div class="names" aria-hidden="true">
            <svg class="names-picture">${drawHeads(columns)}</svg>
          </div>
          <svg
            class="picture focusable"
            role="listbox"
            tabindex="0"
            aria-label="Sequence diagram"
            aria-activedescendant=${chosen ? `message-${chosen.message.id}` : nothing}
            @keydown=${this.step}
            @click=${this.choose}
          >
            ${this.drawInSight(chosen)}
          </svg>
        </div>
        ${window.following ? nothing : this.renderNewest()}</div>
        ${this.renderKeys()}
      </div>`;
  }

  private drawInSight(chosen: Arrow | undefined): SVGTemplateResult {
    const { arrows, bars, silences, heightPx } = this.layout;
    const columns = columnsFor(this.window.widthPx || 640);
    const { top, bottom } = this.window.range(heightPx);
    const inSight = (part: { top: number; bottom: number }) =>
      part.bottom >= top && part.top <= bottom;
    const barsInSight = bars.filter(inSight);
    const exchangeId = chosen?.message.trace.exchangeId;
    const isRelated = (arrow: Arrow) =>
      arrow === chosen ||
      (exchangeId !== undefined && arrow.message.trace.exchangeId === exchangeId);
    const shown = arrows
      .map((arrow, index) => ({ arrow, index }))
      .filter(({ arrow }) => inSight(arrow) || arrow === chosen);
    return svg`<g aria-hidden="true">
        ${shown.filter(({ arrow }) => isRelated(arrow)).map(({ arrow }) => drawBand(arrow, columns, arrow === chosen))}
        ${drawLifelines(columns, heightPx)}
        ${silences.filter(inSight).map((silence) => drawSilence(silence, columns))}
        ${barsInSight.map((bar) => drawBar(bar, columns))}
      </g>
      ${repeat(
        shown,
        ({ arrow }) => arrow.message.id,
        ({ arrow, index }) =>
          drawArrow(arrow, columns, {
            place: index + 1,
            count: arrows.length,
            chosen: arrow === chosen,
            fresh: arrow.message.id > this.freshFrom,
            before: arrows[index - 1],
            bars: barsInSight,
          }),
      )}`;
  }

  private renderKeys(): TemplateResult {
    const present = new Set(this.layout.arrows.map(({ message }) => message.channel));
    const channels = CHANNELS.filter((channel) => present.has(channel));
    return html`<ul class="keys" aria-label="Channels">
      ${channels.map(
        (channel) => html`<li class=${channel}>
          <svg viewBox="0 0 30 14" aria-hidden="true">
            <path class="way" d="M0 7h22" />
            <g class="head" transform="translate(29 7)">${arrowHead(channel, false)}</g>
          </svg>
          ${CHANNEL_NAMES[channel]}
        </li>`,
      )}
      <li class="life answer">
        <svg viewBox="0 0 30 14" aria-hidden="true">
          <path class="way" d="M0 7h28" />
          <g class="head" transform="translate(29 7)">${arrowHead('life', true)}</g>
        </svg>
        Answer
      </li>
    </ul>`;
  }

  private renderNewest(): TemplateResult {
    const unread = this.layout.arrows.filter(({ message }) => message.id > this.readUpTo).length;
    return html`<div class="newest">
      <button type="button" class="button primary" @click=${() => this.window.follow()}>
        ${icon('down')} ${unread > 0 ? `${unread} newer` : 'Newest'}
      </button>
    </div>`;
  }

  private readonly step = (event: KeyboardEvent): void => {
    const { arrows } = this.layout;
    const next = steppedTo(event.key, arrows.findIndex(this.isChosen), arrows.length);
    const arrow = next === undefined ? undefined : arrows[next];
    if (!arrow) return;
    event.preventDefault();
    this.dispatchEvent(new TraceSelectEvent(arrow.message.id));
  };

  private readonly choose = (event: MouseEvent): void => {
    const option = event.target instanceof Element && event.target.closest('[role=option]');
    const id = option ? Number(option.id.slice('message-'.length)) : Number.NaN;
    if (!Number.isNaN(id)) this.dispatchEvent(new TraceSelectEvent(id));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-sequence-diagram': SequenceDiagram;
  }
}
