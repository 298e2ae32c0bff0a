import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { Inspecting } from '../../controllers/inspecting.ts';
import type { Inspection, ShownTrace } from '../../inspection-view.ts';
import { base } from '../styles/base.ts';
import { controls } from '../styles/controls.ts';
import { page } from '../styles/page.ts';
import { inspectorStyles } from './inspector-styles.ts';
import '../inspector/app-facts.ts';
import '../inspector/inspection-controls.ts';
import '../inspector/outbox-rows.ts';
import '../inspector/sequence-diagram.ts';
import '../inspector/technique-list.ts';
import '../inspector/trace-details.ts';
import '../inspector/trace-list.ts';
import '../inspector/trace-timeline.ts';
import '../inspector/wake-up-list.ts';
import '../notice.ts';

type View = 'sequence' | 'timeline' | 'list';

const VIEWS: Record<View, string> = { sequence: 'Sequence', timeline: 'Timeline', list: 'List' };

/** Everything that page, worker and server say to each other while this page is open. */
@customElement('sa-inspector-page')
export class InspectorPage extends LitElement {
  private readonly inspecting = new Inspecting(this);
  @state() private view: View = 'sequence';
  /** Kept whole: it may be let go of before somebody has read it. */
  @state() private selected: ShownTrace | undefined;

  static override readonly styles = [base, controls, page, inspectorStyles];

  protected override render(): TemplateResult {
    const { inspection, error } = this.inspecting;
    return html`<div class="head">
        <div>
          <h1 tabindex="-1">Inspector</h1>
          <p class="quiet">What page, worker and server say to each other, as they say it.</p>
        </div>
        ${inspection ? renderLife(inspection) : nothing}
      </div>
      ${error ? renderError() : nothing} ${inspection ? this.renderInspection(inspection) : nothing}
      <details class="facts">
        <summary><h2>How things stand</h2></summary>
        <sa-app-facts></sa-app-facts>
      </details>`;
  }

  private renderInspection(inspection: Inspection): TemplateResult {
    const { shown } = inspection;
    return html`<sa-inspection-controls
        .inspection=${inspection}
        .changes=${this.inspecting.changes}
      ></sa-inspection-controls>
      <div class="stage">
        <section class="seen" aria-labelledby="seen" @trace-select=${this.select}>
          <div class="line">
            <h2 id="seen">Messages</h2>
            <div class="switch" role="group" aria-label="View">
              ${Object.entries(VIEWS).map(([view, name]) => this.renderChoice(view as View, name))}
            </div>
          </div>
          ${this.renderView(shown)} ${this.renderDetails()}
        </section>
        <section class="techniques" aria-labelledby="techniques">
          <h2 id="techniques">Cause something</h2>
          <sa-technique-list .techniques=${inspection.techniques}></sa-technique-list>
        </section>
      </div>
      <div class="later">
        <section aria-labelledby="outbox">
          <h2 id="outbox">Outbox</h2>
          <p class="quiet">What has to reach a server, row by row.</p>
          <sa-outbox-rows .changes=${this.inspecting.changes}></sa-outbox-rows>
        </section>
        <section aria-labelledby="wake-ups">
          <h2 id="wake-ups">Wake-ups</h2>
          <p class="quiet">What had the worker look at it, and what that led to.</p>
          <sa-wake-up-list .seen=${inspection.wakeUps}></sa-wake-up-list>
        </section>
      </div>`;
  }

  private renderChoice(view: View, name: string): TemplateResult {
    const choose = () => {
      this.view = view;
    };
    return html`<button type="button" aria-pressed=${this.view === view} @click=${choose}>
      ${name}
    </button>`;
  }

  private renderView(shown: readonly ShownTrace[]): TemplateResult {
    const selectedId = this.selected?.id;
    switch (this.view) {
      case 'sequence':
        return html`<sa-sequence-diagram
          .traces=${shown}
          .selectedId=${selectedId}
        ></sa-sequence-diagram>`;
      case 'timeline':
        return html`<sa-trace-timeline
          .traces=${shown}
          .live=${this.inspecting.inspection?.paused === false}
        ></sa-trace-timeline>`;
      case 'list':
        return html`<sa-trace-list .traces=${shown} .selectedId=${selectedId}></sa-trace-list>`;
    }
  }

  private renderDetails(): TemplateResult {
    const { selected } = this;
    if (!selected) return html`<p class="hint">Choose a message to see all of it.</p>`;
    const { id, exchangeId } = selected;
    const others = this.inspecting.inspection?.shown.filter(
      (trace) => exchangeId !== undefined && trace.exchangeId === exchangeId && trace.id !== id,
    );
    return html`<sa-trace-details .trace=${selected} .others=${others ?? []}></sa-trace-details>`;
  }

  private readonly select = (event: Event & { traceId?: number }): void => {
    const shown = this.inspecting.inspection?.shown;
    this.selected = shown?.find(({ id }) => id === event.traceId) ?? this.selected;
  };
}

function renderLife({ worker }: Inspection): TemplateResult {
  if (!worker) return html`<p class="life"><span></span>No worker heard of yet</p>`;
  const { build, lifeId, ended } = worker;
  return html`<p class=${ended ? 'life ended' : 'life running'}>
    <span></span>Worker ${build}, life ${lifeId.slice(0, 6)}${ended ? ', ended' : ''}
  </p>`;
}

function renderError(): TemplateResult {
  return html`<sa-notice sign="alert" heading="Nothing is recorded">
    A part of the Inspector has not arrived. Open it again when there is a connection.
  </sa-notice>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-inspector-page': InspectorPage;
  }
}
