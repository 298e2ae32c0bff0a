import type {} from '@vitest/browser-playwright';
import { html } from 'lit';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { cdp, page, userEvent } from 'vitest/browser';
import { AnnounceEvent } from './announce-event.ts';
import { violationsIn } from './testing/axe.ts';
import { focusedName } from './testing/focus.ts';
import { aStage, mount } from './testing/mount.ts';
import { aDownload, anEpisode, aPodcast } from './testing/rows.ts';
import './stowaway-app.ts';

let stage = aStage();
const show = () => mount(html`<stowaway-app></stowaway-app>`, 'stowaway-app', stage);
const link = (name: string) => page.getByRole('link', { name, exact: true });
const heading = (name: string) => page.getByRole('heading', { level: 1, name });

beforeEach(async () => {
  await page.viewport(1280, 800);
  history.replaceState(null, '', '#/');
  stage = aStage();
  stage.library.podcastRows = [aPodcast('p1', { title: 'Night Ferry' })];
  stage.library.episodeRows = Array.from({ length: 60 }, (_, index) => anEpisode(`e${index}`));
});

describe('the app', () => {
  it('goes from page to page, and takes title and focus along', async () => {
    await show();
    await expect.element(heading('Library')).toBeVisible();
    expect(document.title).toBe('Library · Stowaway');
    expect(focusedName()).not.toBe('Library');
    for (const name of ['Episodes', 'Downloads', 'Search', 'Settings', 'Inspector', 'Library']) {
      await link(name).click();
      await expect.element(heading(name)).toBeVisible();
      await expect.element(link(name)).toHaveAttribute('aria-current', 'page');
      await vi.waitFor(() => expect(focusedName()).toBe(name));
      expect(document.title).toBe(`${name} · Stowaway`);
    }
  });

  it('names the document after what a page shows', async () => {
    await show();
    await page.getByRole('link', { name: /Night Ferry/ }).click();
    await expect.element(heading('Night Ferry')).toBeVisible();
    await expect.poll(() => document.title).toBe('Night Ferry · Stowaway');
  });

  it('comes back to where a page was left, and begins new ones at the top', async () => {
    history.replaceState(null, '', '#/episodes');
    await show();
    await expect.element(page.getByText('Episode e49')).toBeInTheDocument();
    scrollTo(0, 1500);
    await link('Settings').click();
    await expect.element(heading('Settings')).toBeVisible();
    await expect.poll(() => scrollY).toBe(0);
    history.back();
    await expect.element(heading('Episodes')).toBeInTheDocument();
    await expect.poll(() => scrollY).toBe(1500);
  });

  it('has a link past the navigation', async () => {
    const app = await show();
    await userEvent.keyboard('{Tab}');
    expect(focusedName()).toBe('Skip to content');
    await userEvent.keyboard('{Enter}');
    expect(app.shadowRoot?.activeElement?.localName).toBe('main');
    expect(location.hash).toBe('#/');
  });

  it('shows and reads out what an element announces, until it is dismissed', async () => {
    const app = await show();
    await expect.element(heading('Library')).toBeVisible();
    app.shadowRoot?.querySelector('#page')?.dispatchEvent(new AnnounceEvent('No audio.'));
    await expect.element(page.getByRole('alert').getByText('No audio.')).toBeVisible();
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await expect.element(page.getByText('No audio.')).not.toBeInTheDocument();
  });
});

describe('its banners', () => {
  it('are silent while all is well', async () => {
    await show();
    await expect.element(page.getByRole('status')).toHaveTextContent(/^$/);
  });

  it('say what is the matter, and what can be done', async () => {
    history.replaceState(null, '', '#/settings');
    await show();
    Object.assign(stage.status, {
      online: false,
      worker: 'online-only',
      updateWaiting: true,
      libraryLost: true,
    });
    stage.status.changed();
    const banners = page.getByRole('status');
    await expect
      .element(banners.getByText('No connection. What is downloaded plays.'))
      .toBeVisible();
    await expect.element(banners.getByText(/cannot keep podcasts or episodes/)).toBeVisible();
    await banners.getByRole('button', { name: 'Understood' }).click();
    await banners.getByRole('button', { name: 'Reload' }).click();
    expect(stage.status.calls).toEqual(['acknowledgeLoss', 'takeUpdate']);
  });

  it('say which window is in the way of an update', async () => {
    stage.status.heldUp = true;
    const app = await show();
    const words = page.getByText('Another window of Stowaway holds up the update. Close it.');
    await expect.element(words).toBeVisible();
    expect(await violationsIn(app)).toEqual([]);
    stage.status.heldUp = false;
    stage.status.changed();
    await expect.element(words).not.toBeInTheDocument();
  });

  it('say once, calmly, that the app is here for good', async () => {
    stage.status.readyOffline = true;
    const app = await show();
    const banners = page.getByRole('status');
    await expect.element(banners.getByText(/opens without a connection/)).toBeVisible();
    expect(await violationsIn(app)).toEqual([]);
    await banners.getByRole('button', { name: 'OK' }).click();
    expect(stage.status.calls).toEqual(['acknowledgeReady']);
  });
});

/** An empty word takes the preference back. */
async function preferColors(scheme: string): Promise<void> {
  await cdp().send('Emulation.setEmulatedMedia', {
    features: [{ name: 'prefers-color-scheme', value: scheme }],
  });
}

describe('axe finds nothing wrong with the whole app', () => {
  afterAll(() => preferColors(''));

  for (const scheme of ['light', 'dark']) {
    for (const [width, height] of [
      [390, 844],
      [1280, 800],
    ] as const) {
      it(`in ${scheme}, ${width} px wide, with everything going on`, async () => {
        await preferColors(scheme);
        await page.viewport(width, height);
        stage.player.current = { episode: anEpisode('e1'), podcastTitle: 'Night Ferry' };
        Object.assign(stage.status, { online: false, updateWaiting: true });
        stage.downloads.show(
          aDownload('e0', { kind: 'active' }, { receivedBytes: 5, totalBytes: 10 }),
          aDownload('e1', { kind: 'failed', failure: { code: 'play-only' } }),
          aDownload('e2', { kind: 'committed' }),
        );
        history.replaceState(null, '', '#/episodes');
        const app = await show();
        await expect.element(page.getByText('Downloaded', { exact: true })).toBeVisible();
        expect(await violationsIn(app)).toEqual([]);
      });
    }
  }
});
