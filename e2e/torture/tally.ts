import type { Page } from '@playwright/test';
import type { OriginFeed } from '../support/podcast-origin.ts';
import { readStoredLibrary, type StoredLibrary } from '../support/stored-library.ts';

/** What came of a trial. Every figure but `times` is to be 0. */
export interface Tally {
  times: number;
  /** What somebody had asked for, or what had come, and is not there any more. */
  lost: number;
  /** Two attempts for one episode, bytes journaled twice, or far more fetched than was missing. */
  doubled: number;
  /** Bytes that are not those of the host. */
  corrupt: number;
  /** Shown as here and not here, or here and known to nobody. */
  ghosts: number;
  /** What went wrong, and figures worth knowing. */
  remarks: string[];
}

export function newTally(): Tally {
  return { times: 0, lost: 0, doubled: 0, corrupt: 0, ghosts: 0, remarks: [] };
}

/** What is wrong with a tally, for a test that expects nothing to be. */
export function wrongsOf({ lost, doubled, corrupt, ghosts, remarks }: Tally) {
  const isClean = lost + doubled + corrupt + ghosts === 0;
  return { lost, doubled, corrupt, ghosts, remarks: isClean ? [] : remarks };
}

export const NO_WRONGS = { lost: 0, doubled: 0, corrupt: 0, ghosts: 0, remarks: [] };

type Wrong = 'lost' | 'doubled' | 'corrupt' | 'ghosts';

export function note(tally: Tally, wrong: Wrong, remark: string): void {
  tally[wrong] += 1;
  tally.remarks.push(`${wrong}: ${remark}`);
}

const PATIENCE_MS = 10_000;

/**
 * Holds what is stored against what the host has. Bytes that are being cleared away this moment are
 * given a while. Resolves with how long it took until nothing lay about any more.
 */
export async function audit(page: Page, feed: OriginFeed, tally: Tally): Promise<StoredLibrary> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  let library = await readStoredLibrary(page);
  while (!isTidy(library) && performance.now() < giveUpAt) library = await readStoredLibrary(page);
  if (library.orphans > 0) note(tally, 'ghosts', `${library.orphans} orphans`);
  for (const { title, attempts, sha256, faults } of library.episodes) {
    if (attempts > 1) note(tally, 'doubled', `${title} has ${attempts} attempts`);
    for (const fault of faults) {
      const wrong = fault.includes('twice') ? 'doubled' : 'ghosts';
      note(tally, fault.includes('digest') ? 'corrupt' : wrong, `${title}: ${fault}`);
    }
    if (sha256 !== undefined && sha256 !== feed.episode(title).digest()) {
      note(tally, 'corrupt', `${title} is not what the host has`);
    }
  }
  return library;
}

export function isTidy({ orphans, episodes }: StoredLibrary): boolean {
  return orphans === 0 && episodes.every(({ attempts, faults }) => attempts < 2 && !faults.length);
}
