import { expect } from '@playwright/test';
import { AppPage } from '../support/app-page.ts';
import { noise } from '../support/audio-body.ts';
import type { EpisodeAction, Status } from '../support/episode-row.ts';
import { expectInterfaceEqualsRows } from '../support/library-rows.ts';
import { audit, newTally, note, type Tally } from './tally.ts';
import { openApp, type World } from './world.ts';

const TITLE = 'Everybody';
const SIZE_BYTES = 4_500_000;
/** Outside of a test nobody else says how long to wait. */
const PATIENCE = { timeout: 60_000 };

/**
 * So many tabs press the same button in the same moment, for a whole download with its pause, and
 * its deletion: one attempt, bytes once, and all tabs say the same.
 */
export async function tabs(world: World, count: number, times: number): Promise<Tally> {
  const { origin, profile } = world;
  const tally = newTally();
  const audio = noise({ sizeBytes: SIZE_BYTES, seed: 91 });
  const feed = origin.addFeed({ title: 'Crowd', episodes: [{ title: TITLE, audio }] });
  const episode = feed.episode(TITLE);
  const first = await openApp(world);
  await first.subscribe(feed.url);
  await first.episode(TITLE).waitForStatus('Not downloaded');
  await first.go('Episodes');
  const apps = [first];
  while (apps.length < count) {
    const app = new AppPage(await profile.context.newPage());
    await app.open('/#/episodes');
    apps.push(app);
  }
  for (; tally.times < times; tally.times += 1) {
    const before = episode.bytesSent;
    episode.set({ bytesPerSecond: 700_000 });
    await allPress(apps, 'Download');
    await expect.poll(() => first.episode(TITLE).progress(), PATIENCE).toBeGreaterThan(0.1);
    await audit(first.page, feed, tally);
    await allPress(apps, 'Pause');
    await allSay(apps, 'Paused');
    await audit(first.page, feed, tally);
    await allPress(apps, 'Resume');
    episode.set({ bytesPerSecond: Number.POSITIVE_INFINITY });
    await allSay(apps, 'Downloaded');
    await audit(first.page, feed, tally);
    const fetched = (episode.bytesSent - before) / SIZE_BYTES;
    if (fetched > 1.5) note(tally, 'doubled', `${fetched.toFixed(2)} of its bytes were fetched`);
    await allPress(apps, 'Delete');
    await allSay(apps, 'Not downloaded');
    await audit(first.page, feed, tally);
    await expectInterfaceEqualsRows(first);
  }
  return tally;
}

/** One of them is sure to find its button; for the others it may be gone by then. */
async function allPress(apps: readonly AppPage[], action: EpisodeAction): Promise<void> {
  await Promise.all(
    apps.map((app) => expect(app.episode(TITLE).button(action)).toBeVisible(PATIENCE)),
  );
  const presses = apps.map((app) =>
    app.page.evaluate(
      ([name]) => {
        const find = (root: Document | ShadowRoot): HTMLElement | undefined => {
          for (const element of root.querySelectorAll<HTMLElement>('*')) {
            if (element.ariaLabel === name) return element;
            const inside = element.shadowRoot && find(element.shadowRoot);
            if (inside) return inside;
          }
          return undefined;
        };
        find(document)?.click();
      },
      [`${action} ${TITLE}`],
    ),
  );
  await Promise.all(presses);
}

async function allSay(apps: readonly AppPage[], status: Status): Promise<void> {
  await Promise.all(
    apps.map((app) => app.episode(TITLE).waitForStatus(status, { timeoutMs: 60_000 })),
  );
}
