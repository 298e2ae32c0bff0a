import { type IDBPDatabase, unwrap } from 'idb';
import { type Database, openForWriting } from '../../../core/storage/database.ts';
import type { Browser } from './browser.ts';
import { Page } from './page.ts';
import { RawStorage } from './raw-storage.ts';
import type { Wishes } from './wishes.ts';
import type { World } from './world.ts';

/** What every world has: somebody's device, with a browser. */
export interface Device {
  world: World;
  browser: Browser<Page>;
  openPage(): Page;
}

export function deviceOf(world: World, browser: Browser<Page>, wishes: Wishes): Device {
  let opened = 0;
  const openPage = () => {
    opened += 1;
    return new Page(`page-${opened}`, world, browser, wishes);
  };
  return { world, browser, openPage };
}

/** The database before anything is in it. */
export async function emptyStorage(
  lookedAt?: readonly string[],
): Promise<{ database: Database; storage: RawStorage }> {
  const database = await openForWriting(() => undefined);
  const storage = new RawStorage(unwrap(database as unknown as IDBPDatabase), lookedAt);
  return { database, storage };
}

/** The page that is meant by a number; they are counted round. */
export function pageOf({ browser, openPage }: Device, index: number): Page {
  const pages = browser.openPages;
  return pages[index % pages.length] ?? openPage();
}

/** Goes on behind what happens meanwhile. */
export function behind({ world }: Device, work: Promise<unknown>): void {
  work.catch((error) => world.note(`in vain: ${error}`));
}
