import { expect, type Page } from '@playwright/test';

/*
 * What the browser itself says of service workers, for what cannot be seen: that a deploy was tried
 * and refused, that there is no worker any more, and which files are stored.
 */

/** Makes the browser look for a new worker now, and says what became of it. */
export function tryUpdate(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    if (!registration) return 'no registration';
    try {
      await registration.update();
    } catch {
      return 'refused';
    }
    const worker = registration.installing;
    if (!worker) return registration.waiting ? 'installed' : 'nothing new';
    return new Promise<string>((resolve) => {
      const look = () => {
        if (worker.state === 'installed') resolve('installed');
        if (worker.state === 'redundant') resolve('refused');
      };
      worker.addEventListener('statechange', look);
      look();
    });
  });
}

/** The script that a page was started from: other builds have another one. */
export function firstScript(page: Page): Promise<string> {
  return page.evaluate(
    () => document.querySelector<HTMLScriptElement>('script[type="module"]')?.src ?? '',
  );
}

export function isStored(page: Page, address: string): Promise<boolean> {
  return page.evaluate(async (url) => (await caches.match(url)) !== undefined, address);
}

export async function expectNoWorker(page: Page): Promise<void> {
  await expect
    .poll(() =>
      page.evaluate(async () => ({
        controlled: navigator.serviceWorker.controller !== null,
        registrations: (await navigator.serviceWorker.getRegistrations()).length,
      })),
    )
    .toEqual({ controlled: false, registrations: 0 });
}
