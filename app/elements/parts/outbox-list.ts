import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Failure } from '../../../core/model/failure.ts';
import type { Mutation } from '../../../core/model/outbox.ts';
import { type OutboxView, outboxContext, statusContext } from '../../contexts.ts';
import { Live } from '../../controllers/live.ts';
import { LiveRows } from '../../controllers/live-rows.ts';
import { failureText } from '../../failure-text.ts';
import { announceFailure } from '../announce-failure.ts';
import { moment } from '../figures.ts';
import { base } from '../styles/base.ts';
import { controls } from '../styles/controls.ts';

const VERBS: Record<Mutation['kind'], string> = {
  subscribe: 'Subscribe to',
  refresh: 'Refresh',
  search: 'Search for',
};

/**
 * What was asked for without a network: waiting, or refused and for the person to decide.
 *
 * @fires {AnnounceEvent} announce - where what was asked for could not be done
 */
@customElement('sa-outbox-list')
export class OutboxList extends LitElement {
  private readonly outbox = new Live(this, outboxContext);
  private readonly status = new Live(this, statusContext);
  private readonly entries = new LiveRows(this, {
    live: this.outbox,
    args: () => [],
    read: (outbox) => outbox.entries(),
  });

  /** What a decision came to, for those who do not see it. */
  @state() private said = '';
  /** Whose button was pressed: when its entry goes, the keyboard goes on beside it. */
  private decided: (Pick<OutboxView, 'sequence' | 'state'> & { place: number }) | undefined;

  static override readonly styles = [
    base,
    controls,
    css`
      :host {
        text-align: left;
      }
      section {
        max-width: 640px;
        margin-top: 32px;
      }
      h2 {
        margin-bottom: 8px;
        font-size: 1rem;
      }
      ul {
        overflow: hidden;
        border-radius: 16px;
        background: var(--surface);
        box-shadow: var(--edge);
      }
      li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px 12px;
        padding: 12px 16px;
      }
      li + li {
        border-top: 1px solid var(--line);
      }
      li p {
        flex: 1 1 200px;
        min-width: 0;
        overflow-wrap: anywhere;
        font-weight: 600;
        font-size: 0.9375rem;
      }
      span {
        display: block;
        color: var(--quiet);
        font-weight: 400;
        font-size: 0.875rem;
        line-height: 1.45;
      }
      .alarm {
        color: var(--alarm);
      }
      .actions {
        display: flex;
        gap: 8px;
      }
    `,
  ];

  protected override updated(): void {
    if (!this.decided) return;
    const { sequence, state, place } = this.decided;
    const entry = this.entries.rows?.find((row) => row.sequence === sequence);
    if (entry?.state === state) return;
    this.decided = undefined;
    // Whoever has gone on to something else stays there.
    if (document.activeElement !== document.body) return;
    const items = [...this.renderRoot.querySelectorAll('li')];
    const item =
      items.find(({ dataset }) => dataset.sequence === String(sequence)) ??
      items[Math.min(place, items.length - 1)];
    const next = (item ?? this.renderRoot).querySelector('p');
    next?.focus();
  }

  private async decide(verb: 'retry' | 'discard', entry: OutboxView, event: Event): Promise<void> {
    const items = [...this.renderRoot.querySelectorAll('li')];
    const place = items.findIndex((item) => event.composedPath().includes(item));
    const { sequence, state } = entry;
    this.decided = { sequence, state, place };
    const isDone = await announceFailure(this, this.outbox.service[verb](sequence));
    if (isDone)
      this.said = `${verb === 'retry' ? 'Trying again' : 'Discarded'}: ${wordsOf(entry)}.`;
    else this.decided = undefined;
  }

  protected override render(): TemplateResult | typeof nothing {
    const entries = this.entries.rows ?? [];
    const refused = entries.filter(({ state }) => state === 'refused');
    const waiting = entries.filter(({ state }) => state === 'waiting');
    return html`<p class="unseen" role="status" tabindex="-1">${this.said}</p>
    ${this.renderGroup('Needs you', refused)}
    ${this.renderGroup(this.status.service.online ? 'Under way' : 'Waiting for network', waiting)}`;
  }

  private renderGroup(heading: string, entries: OutboxView[]): TemplateResult | typeof nothing {
    if (entries.length === 0) return nothing;
    return html`<section aria-label=${heading}>
      <h2>${heading}</h2>
      <ul role="list">
        ${repeat(
          entries,
          ({ sequence }) => sequence,
          (entry) => this.renderEntry(entry),
        )}
      </ul>
    </section>`;
  }

  private renderEntry(entry: OutboxView): TemplateResult {
    const { sequence, state, acceptedAt, failure } = entry;
    const what = wordsOf(entry);
    const isRefused = state === 'refused';
    const tried = failure && failure.code !== 'offline';
    return html`<li data-sequence=${sequence}>
      <p tabindex="-1">
        ${what}
        <span class=${isRefused ? 'alarm' : nothing}>
          ${tried ? whyWords(failure, isRefused) : `Asked for ${moment(acceptedAt)}.`}
        </span>
      </p>
      <div class="actions">
        ${
          isRefused
            ? html`<button
                type="button"
                class="button"
                aria-label="Retry: ${what}"
                @click=${(event: Event) => this.decide('retry', entry, event)}
              >
                Retry
              </button>`
            : nothing
        }
        <button
          type="button"
          class="button plain"
          aria-label="Discard: ${what}"
          @click=${(event: Event) => this.decide('discard', entry, event)}
        >
          Discard
        </button>
      </div>
    </li>`;
  }
}

function wordsOf({ mutation, about }: OutboxView): string {
  return `${VERBS[mutation.kind]} ${about}`;
}

/** What a person could do about it stands there only where it is for them to do. */
function whyWords(failure: Failure, isRefused: boolean): string {
  const words = failureText(failure);
  return isRefused ? words : `${words.replace(/\. .*/, '.')} Stowaway tries again by itself.`;
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-outbox-list': OutboxList;
  }
}
