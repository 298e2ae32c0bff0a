import { expect, type Locator, type Page } from '@playwright/test';

/** The region with the one audio element. Asserts positions: a `seeked` event proves nothing. */
export class Player {
  readonly region: Locator;
  readonly audio: Locator;

  constructor(page: Page) {
    this.region = page.getByRole('region', { name: 'Player', exact: true });
    this.audio = this.region.locator('audio');
  }

  /** Waits until sound comes: the position moves, from wherever it is. */
  async isPlaying(): Promise<void> {
    await this.passes((await this.currentTimeS()) + 0.2);
  }

  /** Waits until the position has moved beyond `timeS`, and sees to it that it is not far beyond. */
  async passes(timeS: number): Promise<void> {
    const message = `the player passes ${timeS.toFixed(1)} s`;
    await expect.poll(() => this.currentTimeS(), { message }).toBeGreaterThan(timeS);
    expect(await this.currentTimeS(), message).toBeLessThan(timeS + 15);
  }

  /** Seeks to a part of the duration, from 0 to 1, and waits until it plays on from there. */
  async seekTo(fraction: number): Promise<void> {
    await expect.poll(() => this.durationS(), { message: 'the duration' }).toBeGreaterThan(0);
    const targetS = await this.audio.evaluate((audio: HTMLAudioElement, part) => {
      audio.currentTime = audio.duration * part;
      return audio.currentTime;
    }, fraction);
    await this.passes(targetS + 0.2);
  }

  currentTimeS(): Promise<number> {
    return this.audio.evaluate((audio: HTMLAudioElement) => audio.currentTime);
  }

  /** 0 as long as it is not known. */
  durationS(): Promise<number> {
    return this.audio.evaluate((audio: HTMLAudioElement) => audio.duration || 0);
  }

  /** What the element plays; empty where it plays nothing. */
  source(): Promise<string> {
    return this.audio.evaluate((audio: HTMLAudioElement) => audio.currentSrc);
  }
}

export interface Digest {
  sizeBytes: number;
  /** Lower-case hex. */
  sha256: string;
}

/** Fetches, in the page, all of what the player plays, as the player itself gets it. */
export async function digestOfPlayedAudio(page: Page): Promise<Digest> {
  const player = new Player(page);
  await expect.poll(() => player.source(), { message: 'what plays' }).not.toBe('');
  return digestOfAddress(page, await player.source());
}

/** Fetches an address in the page, so through its worker; for example `media/<episode id>`. */
export function digestOfAddress(page: Page, address: string): Promise<Digest> {
  return page.evaluate(async (url) => {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${url} answers ${response.status}`);
    const bytes = await response.arrayBuffer();
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
    return { sizeBytes: bytes.byteLength, sha256 };
  }, address);
}
