import type { Locator, Page } from '@playwright/test';

/** The import as a person meets it. */
export class ImportPage {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(): Promise<void> {
    await this.page.getByRole('link', { name: 'Library', exact: true }).click();
    await this.page.getByRole('link', { name: /^Import/ }).click();
    await this.page.getByRole('heading', { level: 1, name: 'Import podcasts' }).waitFor();
  }

  async choose(opml: string): Promise<void> {
    const chooser = this.page.waitForEvent('filechooser');
    await this.button('Choose a file').click();
    await (await chooser).setFiles(asFile(opml));
  }

  /** Drops the list on the page that is open, whichever that is. */
  async drop(opml: string): Promise<void> {
    await this.page.evaluate((text) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([text], 'list.opml'));
      for (const type of ['dragover', 'drop']) {
        const event = new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true });
        document.body.dispatchEvent(event);
      }
    }, opml);
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name });
  }

  get progress(): Locator {
    return this.page.getByRole('progressbar', { name: 'Import' });
  }

  /** The word that says how far it is: Importing, Cancelled, Imported. */
  state(word: string): Locator {
    return this.page.getByRole('status').getByText(word, { exact: true });
  }

  /** Shows one kind of outcome, and finds its rows. */
  async outcomes(kind: string): Promise<Locator> {
    await this.button(new RegExp(`^${kind} \\d`)).click();
    return this.page.getByRole('list', { name: kind, exact: true }).getByRole('listitem');
  }

  /** Presses Export, and reads what is saved. */
  async export(): Promise<{ name: string; text: string }> {
    const download = this.page.waitForEvent('download');
    await this.button('Export').click();
    const file = await download;
    const chunks: Buffer[] = [];
    for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
    return { name: file.suggestedFilename(), text: Buffer.concat(chunks).toString('utf8') };
  }
}

/** A list with these addresses, each with a title. */
export function opmlOf(addresses: readonly string[]): string {
  const outlines = addresses.map(
    (address, index) =>
      `<outline text="Entry ${index + 1}" type="rss" xmlUrl="${address.replaceAll('&', '&amp;')}"/>`,
  );
  return `<?xml version="1.0"?><opml version="2.0"><body>${outlines.join('\n')}</body></opml>`;
}

/** The addresses in a list. */
export function addressesIn(opml: string): string[] {
  return [...opml.matchAll(/xmlUrl="([^"]*)"/g)].map(([, address = '']) => address);
}

function asFile(opml: string) {
  return { name: 'podcasts.opml', mimeType: 'text/x-opml', buffer: Buffer.from(opml) };
}
