import { html, LitElement, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { ShownTrace } from '../../inspection-view.ts';
import { dotted } from '../figures.ts';
import { base } from '../styles/base.ts';
import { controls } from '../styles/controls.ts';
import { channelStyles } from './channel-styles.ts';
import { joinSightings, type Message } from './join-sightings.ts';
import { drawGrid, drawGrounds, drawLane, renderName } from './timeline-drawing.ts';
import { type Lane, lanesOf } from './timeline-lanes.ts';
import { timelineStyles } from './timeline-styles.ts';
import { span } from './trace-words.ts';

const RECENT_MS = 30_000;
/** Room for the cross of what failed just now. */
const END_PX = 8;

/**
 * The recording at a glance: a lane for each channel, bars as long as exchanges took, ticks for what
 * was said once, crosses where something failed. The right edge is now, while `live`.
 */
@customElement('sa-trace-timeline')
export class TraceTimeline extends LitElement {
  @property({ attribute: false }) traces: readonly ShownTrace[] = [];
  /** Whether time goes on at the right edge; else it stands at the newest trace. */
  @property({ type: Boolean }) live = false;
  @state() private whole = false;
  @state() private widthPx = 0;
  @query('.strip') private strip!: HTMLElement | null;
  private messages: Message[] = [];
  /** What the picture was drawn for: it moves with the time until it is drawn anew. */
  private drawnAt = 0;
  private pxPerMs = 0;
  private frame: number | undefined;
  private readonly resizes = new ResizeObserver(() => this.measure());
  private readonly calm = matchMedia('(prefers-reduced-motion: reduce)');

  static override readonly styles = [base, controls, channelStyles, timelineStyles];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resizes.disconnect();
    this.stopMoving();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.strip) this.resizes.observe(this.strip);
    if (this.hasUpdated) this.requestUpdate();
  }

  protected override async scheduleUpdate(): Promise<void> {
    if (this.hasUpdated) await new Promise(requestAnimationFrame);
    await super.scheduleUpdate();
  }

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('traces')) this.messages = joinSightings(this.traces);
  }

  protected override firstUpdated(): void {
    if (this.strip) this.resizes.observe(this.strip);
  }

  protected override updated(): void {
    this.style.setProperty('--past', '0px');
    this.stopMoving();
    if (this.live && !this.whole && this.messages.length > 0) this.move();
  }

  private measure(): void {
    this.widthPx = this.strip?.clientWidth ?? 0;
  }

  private stopMoving(): void {
    if (this.frame !== undefined) cancelAnimationFrame(this.frame);
    this.frame = undefined;
  }

  /** Moves what is drawn to the left, and draws anew before the room beside it is used up. */
  private move(): void {
    this.frame = requestAnimationFrame(() => {
      const pastMs = Date.now() - this.drawnAt;
      if (pastMs > (this.calm.matches ? 1000 : 2000)) return this.requestUpdate();
      if (!this.calm.matches) {
        this.style.setProperty('--past', `${-(pastMs * this.pxPerMs).toFixed(2)}px`);
      }
      this.move();
    });
  }

  protected override render(): TemplateResult {
    const newest = this.messages.reduce((at, { arrivedAt }) => Math.max(at, arrivedAt), 0);
    const now = this.live ? Math.max(Date.now(), newest) : newest;
    const first = this.messages[0]?.sentAt ?? now;
    const lengthMs = this.whole ? Math.max(1000, (now - first) * 1.02) : RECENT_MS;
    const lanes = lanesOf(this.messages, now - lengthMs);
    const widthPx = this.widthPx || 300;
    this.drawnAt = now;
    this.pxPerMs = widthPx / lengthMs;
    const scale = (at: number) => widthPx - END_PX - (now - at) * this.pxPerMs;
    return html`<div class="frame">
      <div class="top">
        <p class="figures">${this.summary(lanes)}</p>
        <div class="choice" role="group" aria-label="Shown time">
          ${this.renderChoice('Last 30 s', false)}${this.renderChoice('All', true)}
        </div>
      </div>
      <div class="lanes">
        <ul>
          ${lanes.map(renderName)}
        </ul>
        <div class="strip">
          <svg
            class="picture"
            role="img"
            aria-label=${`Timeline of ${this.whole ? 'the whole recording' : 'the last 30 seconds'}`}
          >
            ${drawGrounds(widthPx)}
            <g class="moving">
              ${drawGrid(now, lengthMs, scale, widthPx, this.live ? 'now' : 'end')}
              ${lanes.map((lane, index) => drawLane(lane, index, scale, widthPx))}
            </g>
          </svg>
        </div>
      </div>
    </div>`;
  }

  private summary(lanes: readonly Lane[]): string {
    const failures = lanes.reduce((sum, lane) => sum + lane.failures.length, 0);
    const count = lanes.reduce((sum, lane) => sum + lane.count, 0);
    const requests = lanes.find(({ channel }) => channel === 'request')?.medianMs;
    return dotted(
      `${count} ${count === 1 ? 'exchange' : 'exchanges'}`,
      requests === undefined ? undefined : `median request ${span(requests)}`,
      failures === 0 ? undefined : `${failures} failed`,
    );
  }

  private renderChoice(words: string, whole: boolean): TemplateResult {
    return html`<button
      type="button"
      aria-pressed=${this.whole === whole ? 'true' : 'false'}
      @click=${() => {
        this.whole = whole;
      }}
    >
      ${words}
    </button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-trace-timeline': TraceTimeline;
  }
}
