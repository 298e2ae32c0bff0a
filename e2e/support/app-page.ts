import { expect, type Locator, type Page } from '@playwright/test';
import { EpisodeRow } from './episode-row.ts';
import { Player } from './player.ts';

export type Destination =
  | 'Library'
  | 'Episodes'
  | 'Downloads'
  | 'Search'
  | 'Settings'
  | 'Inspector';

/** The app as a person meets it: by the names that a screen reader says. */
export class AppPage {
  readonly page: Page;
  readonly player: Player;

  constructor(page: Page) {
    this.page = page;
    this.player = new Player(page);
  }

  get addressField(): Locator {
    return this.page.getByRole('textbox', { name: 'Podcast address', exact: true });
  }

  get subscribeButton(): Locator {
    return this.page.getByRole('button', { name: 'Subscribe', exact: true });
  }

  /** Opens the app and waits for its navigation, the first thing that needs its script. */
  async open(path = '/'): Promise<void> {
    await this.page.goto(path);
    await this.isUp();
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.isUp();
  }

  /** Goes to a page by its link in the navigation. */
  async go(destination: Destination): Promise<void> {
    await this.page
      .getByRole('navigation')
      .getByRole('link', { name: destination, exact: true })
      .click();
  }

  /** Types the address and presses Subscribe; what comes of it is for the test to expect. */
  async subscribe(address: string): Promise<void> {
    await this.addressField.fill(address);
    await this.subscribeButton.click();
  }

  episode(title: string): EpisodeRow {
    return new EpisodeRow(this.page, title);
  }

  /** Waits until the worker can serve this page when the network is gone. */
  async worksOffline(): Promise<void> {
    await this.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await expect
      .poll(() => this.page.evaluate(() => navigator.serviceWorker.controller !== null))
      .toBe(true);
  }

  /** The Reload button of the banner that holds these words. */
  reloadButton(words: string): Locator {
    return this.page
      .getByRole('status')
      .locator('.banner')
      .filter({ hasText: words })
      .getByRole('button', { name: 'Reload', exact: true });
  }

  /** Presses the Reload button of a banner, and waits for the page that comes of it. */
  async pressReload(words: string): Promise<void> {
    const loaded = this.page.waitForEvent('load');
    await this.reloadButton(words).click();
    await loaded;
    await this.isUp();
  }

  /** The version that this page says it is, read in the settings; leaves it there. */
  async version(): Promise<string> {
    await this.go('Settings');
    const line = this.page.getByText(/(?:This is v|V)ersion \d/);
    return /\d+\.\d+\.\d+/.exec(await line.innerText())?.[0] ?? '';
  }

  private async isUp(): Promise<void> {
    await expect(this.page.getByRole('link', { name: 'Library', exact: true })).toBeVisible();
  }
}
