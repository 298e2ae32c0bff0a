import { type CDPSession, expect, type Page } from '@playwright/test';

/**
 * What Chromium does to a service worker by itself, done now: stopping it, and waking it with an
 * event. Works through a page that is not of the app, so that no page of it has to be open.
 */
export class WakeUpCalls {
  private readonly session: CDPSession;
  private readonly origin: string;
  private readonly registrations = new Map<string, { scope: string; isDeleted: boolean }>();
  private readonly running = new Map<string, string>();

  private constructor(session: CDPSession, origin: string) {
    this.session = session;
    this.origin = origin;
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      for (const { registrationId, scopeURL, isDeleted } of registrations) {
        this.registrations.set(registrationId, { scope: scopeURL, isDeleted });
      }
    });
    session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
      for (const { versionId, runningStatus } of versions) {
        this.running.set(versionId, runningStatus);
      }
    });
  }

  /** @param page any page of the browser, best an empty one @param origin where the app is */
  static async through(page: Page, origin: string): Promise<WakeUpCalls> {
    const session = await page.context().newCDPSession(page);
    const calls = new WakeUpCalls(session, origin);
    await session.send('ServiceWorker.enable');
    return calls;
  }

  /** Ends every worker, and waits until they are gone. */
  async stopWorkers(): Promise<void> {
    await this.session.send('ServiceWorker.stopAllWorkers');
    await expect
      .poll(() => [...this.running.values()].filter((status) => status !== 'stopped'))
      .toEqual([]);
  }

  /** Waits until the browser itself starts a worker. */
  async workerStarts(): Promise<void> {
    await expect
      .poll(() => [...this.running.values()].filter((status) => status === 'running').length, {
        timeout: 60_000,
        intervals: [5],
      })
      .toBeGreaterThan(0);
  }

  async sync(tag: string, lastChance = false): Promise<void> {
    const { origin } = this;
    const registrationId = await this.registrationId();
    await this.session.send('ServiceWorker.dispatchSyncEvent', {
      origin,
      registrationId,
      tag,
      lastChance,
    });
  }

  async periodicSync(tag: string): Promise<void> {
    const { origin } = this;
    const registrationId = await this.registrationId();
    await this.session.send('ServiceWorker.dispatchPeriodicSyncEvent', {
      origin,
      registrationId,
      tag,
    });
  }

  /** What only an installed app gets otherwise. */
  allow(permission: 'periodic-background-sync' | 'notifications'): Promise<void> {
    return this.set(permission, 'granted');
  }

  /** What a person has said no to, once and for good. */
  deny(permission: 'notifications'): Promise<void> {
    return this.set(permission, 'denied');
  }

  private async set(name: string, setting: 'granted' | 'denied'): Promise<void> {
    const { origin } = this;
    await this.session.send('Browser.setPermission', { permission: { name }, setting, origin });
  }

  private async registrationId(): Promise<string> {
    const find = () =>
      [...this.registrations].find(
        ([, { scope, isDeleted }]) => scope === `${this.origin}/` && !isDeleted,
      )?.[0];
    await expect.poll(find, { message: 'the registration of the worker' }).toBeDefined();
    return find() ?? '';
  }
}
