import type { Page } from '@playwright/test';

/** Flips one bit in the middle of a stored segment, counted from 0, as an old disk may. */
export function damageSegment(page: Page, index: number): Promise<void> {
  return page.evaluate(async (at) => {
    const result = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onerror = () => reject(request.error);
        request.onsuccess = () => resolve(request.result);
      });
    const db = await result(indexedDB.open('stowaway'));
    const segments = () => db.transaction('segments', 'readwrite').objectStore('segments');
    const record = (await result(segments().getAll()))[at] as { blob: Blob };
    const bytes = new Uint8Array(await record.blob.arrayBuffer());
    const middle = bytes.length >> 1;
    bytes[middle] = (bytes[middle] ?? 0) ^ 0b100;
    await result(segments().put({ ...record, blob: new Blob([bytes]) }));
    db.close();
  }, index);
}
