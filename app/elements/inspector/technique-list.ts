import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { TechniqueView } from '../../inspection-view.ts';
import { icon } from '../icon.ts';
import { base } from '../styles/base.ts';
import { controls } from '../styles/controls.ts';
import { techniqueStyles } from './technique-styles.ts';
import './code-listing.ts';

/** Every technique of the platform that the app uses, each with a button that causes it. */
@customElement('sa-technique-list')
export class TechniqueList extends LitElement {
  @property({ attribute: false }) techniques: readonly TechniqueView[] = [];
  /** The one whose code is shown. */
  @state() private open: string | undefined;
  private wasFilled = false;
  @state() private outcomes: ReadonlyMap<string, string> = new Map();
  private readonly running = new Map<string, AbortController>();

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    // Where there is room for it, one of them shows that there is code behind it.
    const isFirst = changed.has('techniques') && this.techniques.length > 0 && !this.wasFilled;
    if (!isFirst) return;
    this.wasFilled = true;
    if (matchMedia('(min-width: 1080px)').matches) this.open = this.techniques[0]?.name;
  }

  static override readonly styles = [base, controls, techniqueStyles];

  protected override render(): TemplateResult {
    return html`<ul>
      ${repeat(
        this.techniques,
        ({ name }) => name,
        (technique) => html`<li>${this.renderTechnique(technique)}</li>`,
      )}
    </ul>`;
  }

  private renderTechnique(technique: TechniqueView): TemplateResult {
    const { name, title, missing } = technique;
    const isOpen = this.open === name;
    const isRunning = this.running.has(name);
    // Without a space around it: a style asks whether there is anything in it.
    const outcome = missing ?? this.outcomes.get(name) ?? nothing;
    return html`<div class="line">
        <h3>
          <button
            type="button"
            class="title"
            aria-expanded=${isOpen}
            aria-controls=${`about-${name}`}
            @click=${() => this.toggle(name)}
          >
            <span class="mark" ?data-open=${isOpen}>${icon('down')}</span>${title}
          </button>
        </h3>
        <button
          type="button"
          class=${isRunning ? 'run stop' : 'run'}
          aria-label=${`${isRunning ? 'Stop' : 'Run'}: ${title}`}
          aria-describedby=${`outcome-${name}`}
          aria-disabled=${missing !== undefined}
          @click=${() => this.press(technique)}
        >
          ${isRunning ? 'Stop' : 'Run'}
        </button>
      </div>
      <p id=${`outcome-${name}`} class="outcome" role="status">${outcome}</p>
      <div id=${`about-${name}`} class="about" ?hidden=${!isOpen}>
        ${isOpen ? renderAbout(technique) : nothing}
      </div>`;
  }

  private toggle(name: string): void {
    this.open = this.open === name ? undefined : name;
  }

  private press(technique: TechniqueView): void {
    const running = this.running.get(technique.name);
    if (running) running.abort();
    else if (technique.missing === undefined) void this.start(technique);
  }

  private async start({ name, run }: TechniqueView): Promise<void> {
    const stop = new AbortController();
    this.running.set(name, stop);
    this.note(name, 'At it …');
    let outcome: string;
    try {
      outcome = await run(stop.signal);
    } catch (error) {
      outcome = stop.signal.aborted ? 'Stopped.' : String(error);
    }
    this.running.delete(name);
    this.note(name, outcome);
  }

  private note(name: string, outcome: string): void {
    this.outcomes = new Map(this.outcomes).set(name, outcome);
  }
}

function renderAbout({ explanation, code, title, docs }: TechniqueView): TemplateResult {
  return html`<p>${explanation}</p>
    <sa-code-listing .code=${code} .name=${title}></sa-code-listing>
    <p class="quiet docs">More in <code>docs/messages.md#${docs}</code></p>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-technique-list': TechniqueList;
  }
}
