import { expect, type Page } from '@playwright/test';
import type { AppPage } from './app-page.ts';
import type { Status } from './episode-row.ts';

interface DownloadState {
  kind: string;
  reason?: string;
}

/** What the rows say of every episode, in the words of the interface, by title. */
export async function statusesInRows(page: Page): Promise<Record<string, Status>> {
  const states = await page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('stowaway');
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => resolve(opening.result);
    });
    const all = (store: string) =>
      new Promise<unknown[]>((resolve, reject) => {
        const reading = db.transaction(store).objectStore(store).getAll();
        reading.onerror = () => reject(reading.error);
        reading.onsuccess = () => resolve(reading.result);
      });
    const episodes = (await all('episodes')) as { id: string; title: string }[];
    const downloads = (await all('downloads')) as { episodeId: string; state: DownloadState }[];
    db.close();
    return episodes.map(({ id, title }): [string, DownloadState] => [
      title,
      downloads.find(({ episodeId }) => episodeId === id)?.state ?? { kind: 'absent' },
    ]);
  });
  return Object.fromEntries(states.map(([title, state]) => [title, words(state)]));
}

/** Waits until the list on the page says of every episode exactly what its rows say. */
export async function expectInterfaceEqualsRows(app: AppPage): Promise<void> {
  await expect
    .poll(async () => {
      const inRows = await statusesInRows(app.page);
      const differing: string[] = [];
      for (const [title, status] of Object.entries(inRows)) {
        const shown = await app.episode(title).status.textContent();
        if (shown?.trim() !== status) differing.push(`${title}: ${shown}, the row says ${status}`);
      }
      return differing;
    })
    .toEqual([]);
}

function words({ kind, reason }: DownloadState): Status {
  const byKind: Record<string, Status> = {
    queued: 'Queued',
    active: 'Downloading',
    verifying: 'Verifying',
    committed: 'Downloaded',
    failed: 'Failed',
    evicted: 'Removed by the browser',
  };
  if (kind === 'paused') {
    return reason === 'user' || reason === 'space' ? 'Paused' : 'Waiting for network';
  }
  return byKind[kind] ?? 'Not downloaded';
}
