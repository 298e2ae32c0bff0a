import { expect, type Locator, type Page } from '@playwright/test';
import type { Resource } from './resource.ts';

/** Waits until every one of these is kept on the device. */
export async function areKept(
  page: Page,
  host: string,
  resources: readonly (Resource | undefined)[],
): Promise<void> {
  const addresses = resources.map((resource) => {
    if (!resource) throw new Error('the origin has no such file');
    return `http://${host}${resource.path}`;
  });
  await expect
    .poll(() =>
      page.evaluate(async (urls) => {
        const found = await Promise.all(urls.map((url) => caches.match(url)));
        return found.map((response) => response !== undefined);
      }, addresses),
    )
    .toEqual(addresses.map(() => true));
}

/** Lets all that is kept look as if its hosts were last asked in another year. */
export async function age(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('stowaway');
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    const tx = db.transaction('keptFiles', 'readwrite');
    const walk = tx.objectStore('keptFiles').openCursor();
    walk.onsuccess = () => {
      walk.result?.update({ ...walk.result.value, checkedAt: 0 });
      walk.result?.continue();
    };
    await new Promise((resolve) => tx.addEventListener('complete', resolve));
    db.close();
  });
}

/** Waits until every picture in there is loaded and so many pixels wide; there is at least one. */
export async function showsPicture(place: Locator, widthPx: number): Promise<void> {
  await expect
    .poll(() =>
      place
        .locator('img')
        .evaluateAll((images: HTMLImageElement[]) => [
          ...new Set(images.map((image) => (image.complete ? image.naturalWidth : 0))),
        ]),
    )
    .toEqual([widthPx]);
}
