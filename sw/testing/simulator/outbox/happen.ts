import type { Browser } from '../browser.ts';
import type { Page } from '../page.ts';
import type { World } from '../world.ts';
import type { FarSide } from './far-side.ts';
import type { Happening } from './schedule.ts';
import type { Users } from './users.ts';
import type { WakeUps } from './wake-ups.ts';

/** Everything of one world, for those that make things happen in it. */
export interface OutboxStage {
  world: World;
  browser: Browser<Page>;
  farSide: FarSide;
  users: Users;
  wakeUps: WakeUps;
  feeds: readonly string[];
  queries: readonly string[];
  /** How many there are at this moment, one in the other. */
  tunnels: number;
  openPage(): Page;
}

/** Makes one thing happen. What takes its time goes on behind. */
export function happen(stage: OutboxStage, what: Happening): void {
  const { world, browser, users } = stage;
  world.note(`happening: ${JSON.stringify(what)}`);
  const behind = (work: Promise<unknown>) => {
    work.catch((error) => world.note(`in vain: ${error}`));
  };
  switch (what.kind) {
    case 'subscribe':
    case 'refresh':
    case 'unsubscribe':
      behind(users[what.kind](pageOf(stage, what.page), turn(stage.feeds, what.subject)));
      return;
    case 'search':
      behind(users.search(pageOf(stage, what.page), turn(stage.queries, what.subject)));
      return;
    case 'retry':
    case 'discard':
      behind(users[what.kind](pageOf(stage, what.page)));
      return;
    case 'publish': {
      const subject = stage.farSide.subjects.get(turn(stage.feeds, what.subject));
      if (subject) subject.version += 1;
      return;
    }
    case 'open-page':
      stage.openPage();
      return;
    case 'close-page':
      world.strike('page-closed');
      browser.openPages[what.page % browser.openPages.length]?.close();
      return;
    case 'kill-worker':
      world.strike('worker-killed');
      browser.life?.mortal.die();
      return;
    case 'strike-worker':
      world.strike(what.manner === 'dies' ? 'worker-killed-in-operation' : 'operation-failed');
      browser.wake().mortal.strikeIn(what.afterOperations, what.manner);
      return;
    case 'two-workers':
      // Both are woken in the same moment.
      behind(stage.wakeUps.sync(false));
      browser.succeed();
      behind(stage.wakeUps.sync(false));
      return;
    case 'update':
      behind(browser.update());
      return;
    case 'end-browser':
      world.strike('browser-killed');
      browser.end();
      world.time.after(what.forMs, () => stage.openPage());
      return;
    case 'go-offline':
      world.strike('offline');
      world.isOnline = false;
      stage.tunnels += 1;
      world.time.after(what.forMs, () => {
        stage.tunnels -= 1;
        if (stage.tunnels === 0) backOnline(stage);
      });
      return;
    case 'fill-disk':
      browser.wake().quotaFailures = what.commits;
      return;
    case 'jump-clock':
      world.strike('clock-jumped');
      world.clockErrorMs = what.byMs;
      return;
    case 'sync':
      behind(stage.wakeUps.sync(what.lastChance));
      return;
    case 'periodic-sync':
      behind(stage.wakeUps.periodicSync());
      return;
  }
}

export function backOnline({ world, browser }: OutboxStage): void {
  world.isOnline = true;
  for (const page of browser.openPages) page.hear();
}

function pageOf({ browser, openPage }: OutboxStage, index: number): Page {
  const pages = browser.openPages;
  return pages[index % pages.length] ?? openPage();
}

function turn(targets: readonly string[], index: number): string {
  return targets[index % targets.length] ?? '';
}
