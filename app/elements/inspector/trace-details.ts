import { html, LitElement, nothing, svg, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ShownTrace } from '../../inspection-view.ts';
import { bytes } from '../figures.ts';
import { base } from '../styles/base.ts';
import { controls } from '../styles/controls.ts';
import { channelStyles } from './channel-styles.ts';
import { detailsStyles } from './details-styles.ts';
import { exchangeSteps, type Step } from './exchange-steps.ts';
import { prettyData } from './pretty-data.ts';
import { TraceSelectEvent } from './trace-select-event.ts';
import {
  CHANNEL_NAMES,
  isFailed,
  outcomeWords,
  PARTY_NAMES,
  plain,
  span,
  timeOfDay,
} from './trace-words.ts';

const PHASES = { begin: 'Begin', end: 'End', only: 'Said once' } as const;

/**
 * One trace whole: what it says, what its event says, and the way of its exchange from side to side.
 *
 * @fires {TraceSelectEvent} trace-select - when another trace of the exchange is chosen
 */
@customElement('sa-trace-details')
export class TraceDetails extends LitElement {
  @property({ attribute: false }) trace: ShownTrace | undefined;
  /** The other traces of the same exchange, from both sides. */
  @property({ attribute: false }) others: readonly ShownTrace[] = [];

  static override readonly styles = [base, controls, channelStyles, detailsStyles];

  protected override render(): TemplateResult {
    const { trace } = this;
    if (!trace) {
      return html`<div class="frame none"><p class="quiet">Choose a message to see all of it.</p></div>`;
    }
    return html`<div class="frame">
      <div class=${`title ${trace.channel}`}>
        <p class="kind">
          ${CHANNEL_NAMES[trace.channel]} · ${PARTY_NAMES[trace.from]}
          <span aria-hidden="true">→</span><span class="unseen">to</span> ${PARTY_NAMES[trace.to]}
        </p>
        <h3>${plain(trace.type, 120)}</h3>
        ${trace.outcome === undefined ? nothing : renderOutcome(trace, trace.outcome)}
      </div>
      ${this.others.length === 0 ? nothing : this.renderExchange([trace, ...this.others])}
      ${renderData(trace)} ${renderFields(trace)}
    </div>`;
  }

  private renderExchange(traces: readonly ShownTrace[]): TemplateResult {
    const steps = exchangeSteps(traces);
    const wholeMs = (steps.at(-1)?.trace.at ?? 0) - (steps[0]?.trace.at ?? 0);
    return html`<section>
      <h4>The exchange <span class="figures quiet">${span(wholeMs)}</span></h4>
      <ol class="steps">
        ${steps.map((step) => this.renderStep(step, wholeMs > 0 ? step.sinceMs / wholeMs : 0))}
      </ol>
    </section>`;
  }

  /** `share`: how much of the whole time the way to this step took, from 0 to 1. */
  private renderStep({ trace, words, sinceMs, failed }: Step, share: number): TemplateResult {
    const chosen = trace.id === this.trace?.id;
    return html`<li class=${`${trace.channel} ${trace.seenBy}-side ${failed ? 'failed' : ''}`}>
      <button
        type="button"
        aria-current=${chosen ? 'true' : nothing}
        @click=${() => this.dispatchEvent(new TraceSelectEvent(trace.id))}
      >
        <span class="dot" aria-hidden="true"></span>
        <span>${words}</span>
        <svg class="share" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
          ${share > 0 ? svg`<rect width=${Math.max(2, share * 100)} height="6"/>` : nothing}
        </svg>
        <span class="figures since">${sinceMs > 0 ? `+${span(sinceMs)}` : nothing}</span>
      </button>
    </li>`;
  }
}

function renderOutcome(trace: ShownTrace, outcome: string): TemplateResult {
  const words = outcomeWords(outcome);
  const code = plain(outcome, 60);
  return html`<p class=${isFailed(trace) ? 'outcome failed' : 'outcome'}>
    ${words}${words === code ? nothing : html` <code>${code}</code>`}
  </p>`;
}

function renderData(trace: ShownTrace): TemplateResult | typeof nothing {
  const data = prettyData(trace);
  if (!data) return nothing;
  const { cutAt } = data;
  return html`<section>
    <h4>What was said</h4>
    <pre tabindex="0" role="region" aria-label="What was said">${data.text}</pre>
    ${
      cutAt === undefined
        ? nothing
        : html`<p class="quiet">The first ${cutAt} characters; the whole was ${bytes(trace.sizeBytes ?? 0)}.</p>`
    }
  </section>`;
}

function renderFields(trace: ShownTrace): TemplateResult {
  const { event } = trace;
  return html`<section>
      <h4>The trace</h4>
      <dl>
        ${field('Time', timeOfDay(trace.at))} ${field('Seen by', PARTY_NAMES[trace.seenBy])}
        ${field('Phase', PHASES[trace.phase])} ${field('Exchange', trace.exchangeId)}
        ${field('Took', trace.tookMs === undefined ? undefined : span(trace.tookMs))}
        ${field('Size', trace.sizeBytes === undefined ? undefined : bytes(trace.sizeBytes))}
      </dl>
    </section>
    ${
      event
        ? html`<section>
            <h4>The event</h4>
            <dl>
              ${field('Interface', event.constructorName)} ${field('origin', event.origin)}
              ${field('lastEventId', event.lastEventId)} ${field('source', event.source)}
              ${field('ports', String(event.ports))}
            </dl>
          </section>`
        : nothing
    }`;
}

/** Nothing where the trace has no such field; an empty one is said to be empty. */
function field(name: string, value: string | undefined): TemplateResult | typeof nothing {
  if (value === undefined) return nothing;
  return html`<div>
    <dt>${name}</dt>
    <dd>${value === '' ? html`<span class="quiet">empty</span>` : plain(value, 400)}</dd>
  </div>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-trace-details': TraceDetails;
  }
}
