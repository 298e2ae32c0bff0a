import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Episode } from '../../core/model/episode.ts';
import { type IconName, icon } from './icon.ts';
import { base } from './styles/base.ts';
import { controls } from './styles/controls.ts';

export type QueueStep = 'next' | 'up' | 'down';

/** An episode is to have another place in the queue. */
export class QueueMoveEvent extends Event {
  readonly episode: Episode;
  readonly step: QueueStep;

  constructor(episode: Episode, step: QueueStep) {
    super('queue-move', { bubbles: true, composed: true });
    this.episode = episode;
    this.step = step;
  }
}

/**
 * Moves an episode in the queue: three buttons that work with every finger, mouse and keyboard. The
 * one that was pressed keeps the focus while its row moves.
 *
 * @fires {QueueMoveEvent} queue-move
 */
@customElement('sa-queue-buttons')
export class QueueButtons extends LitElement {
  @property({ attribute: false }) episode: Episode | undefined;
  /** Whether there is anything in front of it, and behind it. */
  @property({ type: Boolean }) first = false;
  @property({ type: Boolean }) last = false;
  /** Counts the moves of the list: with each one the row may have been put elsewhere. */
  @property({ type: Number }) place = 0;
  private pressed: QueueStep | undefined;

  static override readonly styles = [
    base,
    controls,
    css`
      :host {
        display: inline-flex;
        gap: 4px;
      }
      .round[aria-disabled='true'],
      .round[aria-disabled='true']:hover {
        background: none;
        opacity: 0.4;
      }
    `,
  ];

  protected override updated(): void {
    // A browser takes the focus away from what is moved in the document.
    if (!this.pressed || this.shadowRoot?.activeElement) return;
    this.shadowRoot?.querySelector<HTMLElement>(`.${this.pressed}`)?.focus();
  }

  protected override render(): TemplateResult | typeof nothing {
    const { episode } = this;
    if (!episode) return nothing;
    const { title } = episode;
    return html`${this.renderButton(episode, 'next', 'next', `Get ${title} next`, this.first)}
    ${this.renderButton(episode, 'up', 'arrow-up', `Move ${title} up`, this.first)}
    ${this.renderButton(episode, 'down', 'arrow-down', `Move ${title} down`, this.last)}`;
  }

  private renderButton(
    episode: Episode,
    step: QueueStep,
    sign: IconName,
    name: string,
    isIdle: boolean,
  ): TemplateResult {
    return html`<button
      type="button"
      class="round ${step}"
      aria-label=${name}
      aria-disabled=${isIdle}
      title=${TITLES[step]}
      @click=${() => !isIdle && this.press(episode, step)}
      @blur=${this.leave}
    >
      ${icon(sign)}
    </button>`;
  }

  private press(episode: Episode, step: QueueStep): void {
    this.pressed = step;
    this.dispatchEvent(new QueueMoveEvent(episode, step));
  }

  /** Left by the person, and not because the row is on its way: then somebody else has the focus. */
  private readonly leave = ({ relatedTarget }: FocusEvent): void => {
    if (relatedTarget) this.pressed = undefined;
  };
}

const TITLES: Record<QueueStep, string> = { next: 'Get next', up: 'Up', down: 'Down' };

declare global {
  interface HTMLElementTagNameMap {
    'sa-queue-buttons': QueueButtons;
  }
}
