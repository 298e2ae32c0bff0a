import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../styles/base.ts';

/** Comments, strings, words of the language; everything else stays as it is. */
const PARTS =
  /(\/\/[^\n]*|\/\*[\s\S]*?\*\/)|('(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`)|\b(async|await|catch|const|else|function|if|let|new|return|throw|try|typeof|void)\b/g;

/** Source code to read, as it stands in its file. */
@customElement('sa-code-listing')
export class CodeListing extends LitElement {
  @property() code = '';
  /** What it is the code of. */
  @property() name = '';

  static override readonly styles = [
    base,
    css`
      pre {
        margin: 0;
        padding: 14px 16px;
        overflow-x: auto;
        border-radius: 12px;
        background: var(--sunken);
        font: 400 0.78125rem / 1.6 ui-monospace, 'SF Mono', 'Cascadia Code', 'Roboto Mono',
          'DejaVu Sans Mono', monospace;
        font-variant-ligatures: none;
        tab-size: 2;
      }
      .comment {
        color: var(--quiet);
        font-style: italic;
      }
      .string {
        color: var(--code-string);
      }
      .word {
        color: var(--accent-strong);
        font-weight: 600;
      }
      :host {
        --code-string: #8a4b00;
        display: block;
      }
      @media (prefers-color-scheme: dark) {
        :host {
          --code-string: #f2bd7c;
        }
      }
    `,
  ];

  protected override render(): TemplateResult {
    return html`<pre tabindex="0" role="region" aria-label=${`Code of ${this.name}`}><code>${coloured(this.code)}</code></pre>`;
  }
}

function coloured(code: string): (string | TemplateResult)[] {
  const parts: (string | TemplateResult)[] = [];
  let from = 0;
  for (const match of code.matchAll(PARTS)) {
    const [text, comment, string] = match;
    const kind = comment ? 'comment' : string ? 'string' : 'word';
    parts.push(code.slice(from, match.index), html`<span class=${kind}>${text}</span>`);
    from = match.index + text.length;
  }
  parts.push(code.slice(from));
  return parts;
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-code-listing': CodeListing;
  }
}
