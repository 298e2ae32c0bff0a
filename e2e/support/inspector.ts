import { expect, type Locator, type Page } from '@playwright/test';

/** What the test reads of an exported trace. */
export interface ExportedTrace {
  seenBy: 'page' | 'worker';
  at: number;
  channel: string;
  from: string;
  to: string;
  type: string;
  phase: string;
  exchangeId?: string;
  tookMs?: number;
  outcome?: string;
  data?: string;
  sizeBytes?: number;
  event?: { constructorName: string; origin: string; source: string; ports: number };
}

interface Exported {
  worker?: { lifeId: string; build: string; ended: boolean };
  dropped: { worker: Record<string, number>; page: Record<string, number> };
  traces: ExportedTrace[];
}

/** The Inspector as a person meets it; what it recorded is read from the file that it exports. */
export class Inspector {
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens it, and waits until it has heard of the worker. */
  async open(): Promise<void> {
    await this.page.goto('/#/inspector');
    await expect(this.life).toBeVisible();
  }

  /** The life of the worker that it shows. */
  get life(): Locator {
    return this.page.getByText(/Worker \S+, life /);
  }

  /** A row of the outbox, by words in it. */
  outboxRow(words: string | RegExp): Locator {
    const rows = this.page.getByRole('region', { name: 'Rows of the outbox' });
    return rows.getByRole('listitem').filter({ hasText: words });
  }

  /** A line of the list of wake-ups, by words in it. */
  wakeUp(words: string | RegExp): Locator {
    const list = this.page.getByRole('region', { name: 'List of wake-ups' });
    return list.getByRole('listitem').filter({ hasText: words });
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** Runs a technique, and waits for the sentence that says how it ended. */
  async run(title: string, outcome: string, { timeoutMs = 15_000 } = {}): Promise<void> {
    await this.button(`Run: ${title}`).click();
    const technique = this.page.getByRole('listitem').filter({ hasText: title });
    await expect(technique.getByRole('status')).toContainText(outcome, { timeout: timeoutMs });
  }

  /**
   * What the exported file holds. Taken where the page hands it to the browser: not every driver
   * tells of downloads.
   */
  async exported(): Promise<Exported> {
    const text = await this.button('Export').evaluate(async (button) => {
      const { createObjectURL } = URL;
      const file = new Promise<Blob>((resolve) => {
        URL.createObjectURL = (blob) => {
          resolve(blob as Blob);
          return createObjectURL.call(URL, blob);
        };
      });
      (button as HTMLButtonElement).click();
      URL.createObjectURL = createObjectURL;
      return (await file).text();
    });
    return JSON.parse(text) as Exported;
  }

  /** Waits until a trace like this one was recorded, and gives all like it. */
  async traces(like: Partial<ExportedTrace>): Promise<ExportedTrace[]> {
    let found: ExportedTrace[] = [];
    const look = async () => {
      const { traces } = await this.exported();
      found = traces.filter((trace) =>
        Object.entries(like).every(([key, value]) => Reflect.get(trace, key) === value),
      );
      return found.length;
    };
    await expect.poll(look, { message: JSON.stringify(like) }).toBeGreaterThan(0);
    return found;
  }
}
