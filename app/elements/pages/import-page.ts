import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import type { ImportCounts } from '../../../core/model/feed-import.ts';
import { importsContext, libraryContext, statusContext, wakeUpsContext } from '../../contexts.ts';
import { FileDrop } from '../../controllers/file-drop.ts';
import { Live } from '../../controllers/live.ts';
import { LiveRows } from '../../controllers/live-rows.ts';
import { failureText } from '../../failure-text.ts';
import { AnnounceEvent } from '../announce-event.ts';
import { icon } from '../icon.ts';
import type { OutcomesEvent } from '../import-outcomes.ts';
import { base } from '../styles/base.ts';
import { controls } from '../styles/controls.ts';
import { page } from '../styles/page.ts';
import { panel } from '../styles/panel.ts';
import { importStyles } from './import-styles.ts';
import '../import-outcomes.ts';
import '../import-progress.ts';

const FIRST_ROWS = 50;

/** Podcasts come along from another app's list, and go to another app with one. */
@customElement('sa-import-page')
export class ImportPage extends LitElement {
  private readonly imports = new Live(this, importsContext);
  private readonly library = new Live(this, libraryContext);
  private readonly status = new Live(this, statusContext);
  private readonly wakeUps = new Live(this, wakeUpsContext);
  private readonly drop = new FileDrop(this, (file) => this.imports.service.fromFile(file));
  /** What the person wants to see; else what is worth seeing. */
  @state() private chosen: keyof ImportCounts | undefined;
  @state() private limit = FIRST_ROWS;
  @query('h1') private heading!: HTMLElement;
  @query('input[type=file]') private picker!: HTMLInputElement;
  @query('#list-address') private field!: HTMLInputElement;
  private readonly outcomes = new LiveRows(this, {
    live: this.imports,
    args: () => [this.kind, this.limit],
    read: (imports, kind, limit) => imports.rows(kind, limit),
  });
  private readonly podcasts = new LiveRows(this, {
    live: this.library,
    args: () => [],
    read: (library) => library.podcasts(),
  });

  static override readonly styles = [base, controls, page, panel, importStyles];

  private get kind(): keyof ImportCounts {
    const { counts } = this.imports.service;
    if (this.chosen && counts[this.chosen] > 0) return this.chosen;
    const order = ['failed', 'added', 'there', 'cancelled', 'waiting'] as const;
    return order.find((kind) => counts[kind] > 0) ?? 'added';
  }

  protected override render(): TemplateResult {
    const { counts, reading } = this.imports.service;
    const isThere = hasImport(counts);
    return html`<div class="head"><h1 tabindex="-1">Import podcasts</h1></div>
      ${isThere ? this.renderImport(counts) : nothing}
      <section aria-labelledby="take">
        <h2 id="take">${isThere ? 'Import another list' : 'From another app'}</h2>
        <p class="quiet">
          Other podcast apps save what you follow as an OPML file. Choose it here, and Stowaway
          subscribes to everything in it.
        </p>
        ${this.renderFile(reading)} ${this.renderAddress(reading)}
        <div role="status" class="quiet">${reading ? 'Reading the list…' : nothing}</div>
        <div role="alert" class="alert">${this.renderFailure()}</div>
      </section>
      ${this.renderExport()}`;
  }

  private renderImport(counts: ImportCounts): TemplateResult {
    return html`<section aria-labelledby="import">
      <h2 id="import" class="unseen">This import</h2>
      <sa-import-progress
        .counts=${counts}
        .online=${this.status.service.online}
        .woken=${this.wakeUps.service.sync === 'registered'}
        @cancel-import=${() => this.imports.service.cancel()}
        @resume-import=${() => this.imports.service.resume()}
        @clear-import=${this.clear}
      ></sa-import-progress>
      <sa-import-outcomes
        .counts=${counts}
        .kind=${this.kind}
        .rows=${this.outcomes.rows ?? []}
        @outcomes=${this.show}
      ></sa-import-outcomes>
    </section>`;
  }

  private renderFile(reading: boolean): TemplateResult {
    return html`<div class="zone ${this.drop.over ? 'over' : ''}">
      ${icon('downloads')}
      <button
        type="button"
        class="button primary"
        aria-disabled=${reading ? 'true' : nothing}
        @click=${() => !reading && this.picker.click()}
      >
        Choose a file
      </button>
      <p class="quiet wide">or drop it anywhere on this page</p>
      <input
        type="file"
        hidden
        accept=".opml,.xml,text/x-opml,text/xml,application/xml"
        @change=${this.pick}
      />
    </div>`;
  }

  private renderAddress(reading: boolean): TemplateResult {
    return html`<form novalidate @submit=${this.fetch}>
      <label for="list-address">Address of a list</label>
      <div class="fetch">
        <input
          id="list-address"
          class="field"
          type="url"
          inputmode="url"
          autocomplete="off"
          autocapitalize="none"
          spellcheck="false"
          placeholder="example.org/podcasts.opml"
        />
        <button class="button" aria-disabled=${reading ? 'true' : nothing}>Fetch</button>
      </div>
    </form>`;
  }

  private renderFailure(): string | typeof nothing {
    const { failure } = this.imports.service;
    return failure ? failureText(failure) : nothing;
  }

  private renderExport(): TemplateResult {
    const count = this.podcasts.rows?.length;
    return html`<section aria-labelledby="export">
      <h2 id="export">To another app</h2>
      <div class="line">
        <p>
          Export your podcasts
          <span>
            ${
              count === 0
                ? 'There is nothing to export yet.'
                : html`Saves <b>stowaway.opml</b>, a list that other podcast apps can read.`
            }
          </span>
        </p>
        <button
          type="button"
          class="button"
          aria-disabled=${count ? nothing : 'true'}
          @click=${this.export}
        >
          Export
        </button>
      </div>
    </section>`;
  }

  private readonly show = ({ kind, more }: OutcomesEvent): void => {
    this.limit = more ? this.limit + 4 * FIRST_ROWS : FIRST_ROWS;
    this.chosen = kind;
  };

  private readonly pick = (): void => {
    const file = this.picker.files?.[0];
    // The same file can be chosen again.
    this.picker.value = '';
    if (file) void this.imports.service.fromFile(file);
  };

  /** The button goes with the list: the keyboard begins anew with the page. */
  private readonly clear = async (): Promise<void> => {
    await this.imports.service.clear();
    await this.updateComplete;
    if (!hasImport(this.imports.service.counts)) this.heading.focus();
  };

  private readonly fetch = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!this.imports.service.reading) void this.imports.service.fromAddress(this.field.value);
  };

  private readonly export = async (): Promise<void> => {
    if (!this.podcasts.rows?.length) return;
    try {
      await this.imports.service.saveList();
    } catch {
      this.dispatchEvent(new AnnounceEvent('The list could not be saved. Try again.'));
    }
  };
}

function hasImport(counts: ImportCounts): boolean {
  return Object.values(counts).some((count) => count > 0);
}

declare global {
  interface HTMLElementTagNameMap {
    'sa-import-page': ImportPage;
  }
}
