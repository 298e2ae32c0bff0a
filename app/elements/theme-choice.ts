import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Theme } from '../../core/model/settings.ts';
import { base } from './styles/base.ts';

/** The user chose a theme. */
export class ThemeEvent extends Event {
  readonly theme: Theme;

  constructor(theme: Theme) {
    super('theme', { bubbles: true, composed: true });
    this.theme = theme;
  }
}

const THEMES: readonly [Theme, string][] = [
  ['system', 'System'],
  ['light', 'Light'],
  ['dark', 'Dark'],
];

/**
 * The radio group "Theme".
 *
 * @fires {ThemeEvent} theme
 */
@customElement('sa-theme-choice')
export class ThemeChoice extends LitElement {
  @property() theme: Theme = 'system';

  static override readonly styles = [
    base,
    css`
      :host {
        display: block;
        flex: 1 1 260px;
        max-width: 340px;
      }
      div {
        display: grid;
        grid-template-columns: repeat(3, 1fr);
        padding: 4px;
        border-radius: 22px;
        background: var(--ground);
        box-shadow: var(--edge);
      }
      label {
        position: relative;
        display: grid;
        place-items: center;
        min-height: 40px;
        padding: 0 8px;
        border-radius: 18px;
        color: var(--quiet);
        font-weight: 600;
        font-size: 0.9375rem;
        cursor: pointer;
        transition: background-color 0.15s;
      }
      label:hover {
        color: var(--ink);
      }
      label:has(:checked) {
        background: var(--tint);
        color: var(--accent);
      }
      label:has(:focus-visible) {
        outline: 3px solid var(--accent);
        outline-offset: 2px;
      }
      input {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
        margin: 0;
        opacity: 0;
        cursor: pointer;
      }
      @media (forced-colors: active) {
        label:has(:checked) {
          border: 2px solid Highlight;
        }
      }
    `,
  ];

  protected override render(): TemplateResult {
    return html`<div role="radiogroup" aria-label="Theme">
      ${THEMES.map(
        ([theme, name]) => html`<label>
          <input
            type="radio"
            name="theme"
            .checked=${this.theme === theme}
            @change=${() => this.dispatchEvent(new ThemeEvent(theme))}
          />
          ${name}
        </label>`,
      )}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-theme-choice': ThemeChoice;
  }
}
