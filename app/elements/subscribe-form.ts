import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Failure } from '../../core/model/failure.ts';
import { base } from './styles/base.ts';
import { controls } from './styles/controls.ts';

/** Where the words for a failure did not arrive either: most likely there is no connection. */
const NO_WORDS = 'That did not work. Try again when this device is online.';

/** The user wants to subscribe to what they typed. */
export class SubscribeEvent extends Event {
  readonly address: string;

  constructor(address: string) {
    super('subscribe', { bubbles: true, composed: true });
    this.address = address;
  }
}

/**
 * The field for a podcast's address. What was typed stays until the owner calls `clear`.
 *
 * @fires {SubscribeEvent} subscribe
 */
@customElement('sa-subscribe-form')
export class SubscribeForm extends LitElement {
  @property({ type: Boolean }) busy = false;
  /** Filled in, for the user to look at and to press Subscribe. */
  @property() address = '';
  @property({ attribute: false }) failure: Failure | undefined;
  /** What went wrong, in words. */
  @state() private alert: string | undefined;
  @query('input') private input!: HTMLInputElement;

  static override readonly styles = [
    base,
    controls,
    css`
      :host {
        display: block;
      }
      label {
        display: block;
        margin-bottom: 6px;
        font-size: 0.875rem;
        font-weight: 600;
      }
      .line {
        display: flex;
        gap: 8px;
      }
      .field {
        flex: 1;
        min-width: 0;
      }
      .button {
        min-height: 48px;
        min-width: 116px;
        border-radius: 14px;
      }
      .button:focus-visible {
        border-radius: 14px;
      }
      .alert {
        margin-top: 10px;
        color: var(--alarm);
        font-size: 0.9375rem;
        line-height: 1.45;
      }
      .alert:empty {
        display: none;
      }
      .dots::after {
        display: inline-block;
        width: 1.2em;
        text-align: left;
        content: '…';
      }
    `,
  ];

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('failure')) return;
    this.alert = undefined;
    if (this.failure) void this.explain(this.failure);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('address') && this.address !== '') this.input.value = this.address;
  }

  /** The first paint does not need the words for everything that can go wrong. */
  private async explain(failure: Failure): Promise<void> {
    const alert = await import('../failure-text.ts').then(
      ({ failureText }) => failureText(failure),
      () => NO_WORDS,
    );
    if (this.failure === failure) this.alert = alert;
  }

  clear(): void {
    this.input.value = '';
  }

  protected override render(): TemplateResult {
    return html`<form novalidate @submit=${this.submit}>
      <label for="address">Podcast address</label>
      <div class="line">
        <input
          id="address"
          class="field"
          type="url"
          inputmode="url"
          autocomplete="off"
          autocapitalize="none"
          spellcheck="false"
          placeholder="example.org/feed.xml"
          aria-invalid=${this.failure ? 'true' : nothing}
          aria-describedby="alert"
        />
        <button class="button primary" aria-disabled=${this.busy ? 'true' : nothing}>
          ${this.busy ? html`<span class="dots">Looking</span>` : 'Subscribe'}
        </button>
      </div>
      <p id="alert" class="alert" role="alert">${this.alert}</p>
    </form>`;
  }

  private submit(event: SubmitEvent): void {
    event.preventDefault();
    if (!this.busy) this.dispatchEvent(new SubscribeEvent(this.input.value));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-subscribe-form': SubscribeForm;
  }
}
