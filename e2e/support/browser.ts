import { readlinkSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, firefox, type Page } from '@playwright/test';
import { chromiumFlags } from '../../tools/browsers.mjs';

export interface BrowserOptions {
  browserKind: 'chromium' | 'firefox';
  /** `undefined` leaves it to Playwright, which then says what is missing. */
  executablePath: string | undefined;
  /** More than the usual ones, for Firefox. */
  firefoxPrefs?: Record<string, number | boolean>;
}

const usualFirefoxPrefs = {
  'media.autoplay.default': 0, // 0: allowed
  'media.autoplay.blocking_policy': 0,
  // Without a sound card Firefox ends audio with an error (OnMediaSinkAudioError): lend it one.
  'media.cubeb.force_mock_context': true,
};

/**
 * A browser with a profile of its own, that can be closed, killed and started again. Always a
 * persistent context: in the other kind a Background Fetch whose connection breaks is reported as
 * a success with 0 bytes.
 */
export class BrowserProfile {
  /** What pages said on their consoles, and the errors that none of them caught. */
  readonly log: string[] = [];
  private readonly options: BrowserOptions;
  private readonly folder: string;
  private readonly baseURL: string;
  private running: BrowserContext;

  private constructor(
    options: BrowserOptions,
    folder: string,
    baseURL: string,
    context: BrowserContext,
  ) {
    this.options = options;
    this.folder = folder;
    this.baseURL = baseURL;
    this.running = context;
    this.listen();
  }

  /** Starts a browser with an empty profile. */
  static async create(options: BrowserOptions, baseURL: string): Promise<BrowserProfile> {
    const folder = await mkdtemp(join(tmpdir(), 'stowaway-profile-'));
    const context = await launch(options, folder, baseURL);
    return new BrowserProfile(options, folder, baseURL, context);
  }

  /** The running browser; another object after `relaunch`. */
  get context(): BrowserContext {
    return this.running;
  }

  /** A page to work with: the one that the browser opened by itself, if nobody has used it. */
  async page(): Promise<Page> {
    const unused = this.running.pages().find((page) => page.url() === 'about:blank');
    return unused ?? (await this.running.newPage());
  }

  /** Ends the browser at once, in the middle of whatever it does, and waits until it is gone. */
  async kill(): Promise<void> {
    const gone = new Promise((resolve) => this.running.once('close', resolve));
    process.kill(this.pid(), 'SIGKILL');
    await gone;
  }

  /** Closes the browser in order. */
  async close(): Promise<void> {
    await this.running.close();
  }

  /** Starts the browser again with the same profile, after `kill` or `close`. */
  async relaunch(): Promise<void> {
    this.running = await launch(this.options, this.folder, this.baseURL);
    this.listen();
  }

  /** Closes the browser, if it still runs, and removes the profile. */
  async dispose(): Promise<void> {
    await this.running.close();
    // A browser that was killed may have children that write for another moment.
    await rm(this.folder, { recursive: true, force: true, maxRetries: 10 });
  }

  private listen(): void {
    this.running.on('console', (message) => this.log.push(`${message.type()}: ${message.text()}`));
    this.running.on('weberror', (error) => this.log.push(`uncaught: ${error.error().stack}`));
  }

  /** Of the browser. Both mark a profile in use by a link whose target ends with their process id. */
  pid(): number {
    const lock = this.options.browserKind === 'chromium' ? 'SingletonLock' : 'lock';
    const pid = /\d+$/.exec(readlinkSync(join(this.folder, lock)))?.[0];
    if (!pid) throw new Error('The profile does not say which process uses it.');
    return Number(pid);
  }
}

function launch(
  { browserKind, executablePath, firefoxPrefs }: BrowserOptions,
  folder: string,
  baseURL: string,
): Promise<BrowserContext> {
  const shared = { baseURL, executablePath, viewport: { width: 1280, height: 800 } };
  return browserKind === 'chromium'
    ? chromium.launchPersistentContext(folder, { ...shared, args: chromiumFlags })
    : firefox.launchPersistentContext(folder, {
        ...shared,
        channel: 'moz-firefox', // stock Firefox, not Playwright's own build
        firefoxUserPrefs: { ...usualFirefoxPrefs, ...firefoxPrefs },
      });
}
