import { expect, type Locator, type Page } from '@playwright/test';

export const statuses = [
  'Not downloaded',
  'Queued',
  'Downloading',
  'Paused',
  'Waiting for network',
  'Verifying',
  'Downloaded',
  'Failed',
  'Removed by the browser',
] as const;

export type Status = (typeof statuses)[number];

export type EpisodeAction = 'Download' | 'Pause' | 'Resume' | 'Cancel' | 'Delete' | 'Play';

/** One episode in a list, wherever the list is. */
export class EpisodeRow {
  readonly title: string;
  /** The list item. */
  readonly locator: Locator;
  /** The status text. */
  readonly status: Locator;
  /** Only there while it downloads. */
  readonly progressBar: Locator;

  constructor(page: Page, title: string) {
    this.title = title;
    this.locator = page
      .getByRole('listitem')
      .filter({ has: page.getByText(title, { exact: true }) });
    this.status = this.locator.getByText(new RegExp(`^(?:${statuses.join('|')})$`));
    this.progressBar = this.locator.getByRole('progressbar');
  }

  button(action: EpisodeAction): Locator {
    return this.locator.getByRole('button', { name: `${action} ${this.title}`, exact: true });
  }

  async download(): Promise<void> {
    await this.button('Download').click();
  }

  async cancel(): Promise<void> {
    await this.button('Cancel').click();
  }

  async delete(): Promise<void> {
    await this.button('Delete').click();
  }

  async play(): Promise<void> {
    await this.button('Play').click();
  }

  /** Waits until the row says so. Downloads take their time: give them what they need. */
  async waitForStatus(status: Status, options: { timeoutMs?: number } = {}): Promise<void> {
    await expect(this.status).toHaveText(status, { timeout: options.timeoutMs ?? 30_000 });
  }

  /** How far the bar is, from 0 to 1; `undefined` where there is none, or none with a value. */
  async progress(): Promise<number | undefined> {
    if ((await this.progressBar.count()) === 0) return undefined;
    return this.progressBar.evaluate((bar) => {
      if (bar instanceof HTMLProgressElement) {
        return bar.position < 0 ? undefined : bar.position;
      }
      const now = bar.getAttribute('aria-valuenow');
      const max = Number(bar.getAttribute('aria-valuemax') ?? 100);
      return now === null ? undefined : Number(now) / max;
    });
  }
}
