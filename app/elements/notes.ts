import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { htmlToText } from '../../core/feed/plain-text.ts';
import { base } from './styles/base.ts';
import { controls } from './styles/controls.ts';

const LONGEST_PLACE = 4000;

/** Notes and descriptions from a feed: untrusted HTML, shown as harmless text with links out. */
@customElement('sa-notes')
export class Notes extends LitElement {
  /** Untrusted. */
  @property({ attribute: false }) source: string | undefined;
  /** Shows the first lines, and a button for the rest. */
  @property({ type: Boolean }) short = false;
  /** Clean; text alone where what cleans did not arrive. */
  @state() private content: DocumentFragment | string | undefined;
  @state() private open = false;
  @state() private overflows = false;
  @query('.text') private text!: HTMLElement | null;

  static override readonly styles = [
    base,
    controls,
    css`
      :host {
        display: block;
      }
      .text {
        max-width: 68ch;
        overflow-wrap: anywhere;
        unicode-bidi: isolate;
      }
      .plain {
        white-space: pre-line;
      }
      .short {
        display: -webkit-box;
        overflow: hidden;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 4;
      }
      .waiting {
        visibility: hidden;
      }
      .text > * + * {
        margin-top: 0.75em;
      }
      .text ul,
      .text ol {
        padding-left: 1.4em;
      }
      .text ul {
        list-style: disc;
      }
      .text ol {
        list-style: decimal;
      }
      li + li {
        margin-top: 0.25em;
      }
      .text h3 {
        margin-top: 1.4em;
        font-size: 1.0625rem;
      }
      blockquote {
        margin: 0;
        padding-left: 1em;
        border-left: 3px solid var(--line);
        color: var(--quiet);
      }
      pre {
        overflow-x: auto;
        white-space: pre-wrap;
      }
      hr {
        border: 0;
        border-top: 1px solid var(--line);
      }
      .toggle {
        min-height: 36px;
        color: var(--accent);
        font-size: 0.9375rem;
        font-weight: 600;
      }
    `,
  ];

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('source')) void this.clean(this.source);
  }

  private async clean(source = ''): Promise<void> {
    this.content = undefined;
    // Most of the weight of these pages, so it comes after what they show first.
    const content = await import('./sanitise.ts')
      .then(({ sanitise }) => sanitise(source))
      .catch(() => textOf(source));
    if (source !== (this.source ?? '')) return;
    this.content = content;
    this.open = false;
    await this.updateComplete;
    this.overflows = this.text !== null && this.text.scrollHeight > this.text.clientHeight + 4;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { source, content } = this;
    if (!source) return nothing;
    const plain = typeof content === 'string' || !/<\/?(p|br|ul|ol|div)\b/i.test(source);
    const look = `text ${plain ? 'plain' : ''} ${this.short && !this.open ? 'short' : ''}`;
    // Keeps about the right place until the notes are clean: their words, unseen.
    if (!content) {
      const words = source.slice(0, LONGEST_PLACE).replace(/<[^>]*>/g, ' ');
      return html`<div class="${look} waiting" aria-hidden="true">${words}</div>`;
    }
    return html`<div class=${look}>${content}</div>
      ${this.short && (this.overflows || this.open) ? this.renderToggle() : nothing}`;
  }

  private renderToggle(): TemplateResult {
    return html`<button
      type="button"
      class="toggle"
      aria-expanded=${this.open ? 'true' : 'false'}
      @click=${() => {
        this.open = !this.open;
      }}
    >
      ${this.open ? 'Show less' : 'Show more of the description'}
    </button>`;
  }
}

/** Without its tags, line by line. */
function textOf(source: string): string {
  return htmlToText(source.replace(/<(?:br|\/p|\/div|\/li|\/h\d)\b[^<>]*>/gi, '\n')).trim();
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-notes': Notes;
  }
}
