import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { libraryContext, type RefreshTotals } from '../../contexts.ts';
import { Live } from '../../controllers/live.ts';
import { PullToRefresh } from '../../controllers/pull-to-refresh.ts';
import { failureText } from '../../failure-text.ts';
import { icon } from '../icon.ts';
import { base } from '../styles/base.ts';
import { controls } from '../styles/controls.ts';

/** Refreshes every podcast: by its button, or by a pull down on the page that it is on. */
@customElement('sa-refresh-all')
export class RefreshAll extends LitElement {
  @state() private words = '';
  private readonly library = new Live(this, libraryContext);
  private readonly pull = new PullToRefresh(this, () => void this.refresh());

  static override readonly styles = [
    base,
    controls,
    css`
      :host {
        --pull: 0;
        display: flex;
        align-items: center;
        gap: 8px;
      }
      p {
        color: var(--quiet);
        font-size: 0.875rem;
      }
      /* Its picture, not its edge, is in line with what is below. */
      button {
        margin-right: -8px;
      }
      .busy svg {
        animation: turn 1s linear infinite;
      }
      .mark {
        position: fixed;
        z-index: 2;
        top: calc(env(safe-area-inset-top) - 48px);
        left: 50%;
        display: grid;
        place-items: center;
        width: 40px;
        height: 40px;
        margin-left: -20px;
        border-radius: 50%;
        background: var(--surface);
        box-shadow: var(--shadow), var(--edge);
        color: var(--quiet);
        opacity: min(1, var(--pull) * 2);
        pointer-events: none;
        transform: translateY(calc(var(--pull) * 72px));
      }
      .mark svg {
        transform: rotate(calc(var(--pull) * 270deg));
      }
      .mark.ready {
        background: var(--accent);
        color: var(--on-accent);
      }
      @keyframes turn {
        to {
          transform: rotate(-1turn);
        }
      }
      /* It does not follow the finger: it is there, or it is not. */
      @media (prefers-reduced-motion: reduce) {
        .mark {
          top: calc(env(safe-area-inset-top) + 16px);
          opacity: 0;
          transform: none;
        }
        .mark.ready {
          opacity: 1;
        }
        .mark svg {
          transform: none;
        }
      }
    `,
  ];

  protected override render(): TemplateResult {
    const { refreshing } = this.library.service;
    return html`<div class="mark ${this.pull.ready ? 'ready' : ''}" aria-hidden="true">
        ${icon('resume')}
      </div>
      <p role="status">${refreshing ? 'Refreshing…' : this.words}</p>
      <button
        type="button"
        class="round ${refreshing ? 'busy' : ''}"
        aria-label="Refresh all"
        aria-disabled=${refreshing ? 'true' : 'false'}
        @click=${this.refresh}
      >
        ${icon('resume')}
      </button>`;
  }

  private readonly refresh = async (): Promise<void> => {
    if (this.library.service.refreshing) return;
    const outcome = await this.library.service.refreshAll();
    this.words = outcome.ok ? totalWords(outcome.value) : failureText(outcome.failure);
  };
}

function totalWords({ changed, failed }: RefreshTotals): string {
  if (failed > 0) return failed === 1 ? '1 podcast failed.' : `${failed} podcasts failed.`;
  return changed > 0 ? 'Refreshed.' : 'Up to date.';
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-refresh-all': RefreshAll;
  }
}
