import { behind, pageOf } from '../device.ts';
import { happenToDevice } from '../device-happenings.ts';
import type { Happening } from './schedule.ts';
import type { OutboxStage } from './stage.ts';

/** Makes one thing happen. What takes its time goes on behind. */
export function happen(stage: OutboxStage, what: Happening): void {
  const { world, browser, users } = stage;
  world.note(`happening: ${JSON.stringify(what)}`);
  switch (what.kind) {
    case 'subscribe':
    case 'refresh':
    case 'unsubscribe':
      behind(stage, users[what.kind](pageOf(stage, what.page), turn(stage.feeds, what.subject)));
      return;
    case 'search':
      behind(stage, users.search(pageOf(stage, what.page), turn(stage.queries, what.subject)));
      return;
    case 'retry':
    case 'discard':
      behind(stage, users[what.kind](pageOf(stage, what.page)));
      return;
    case 'publish': {
      const subject = stage.farSide.subjects.get(turn(stage.feeds, what.subject));
      if (subject) subject.version += 1;
      return;
    }
    case 'two-workers':
      // Both are woken in the same moment.
      behind(stage, stage.wakeUps.sync(false));
      browser.succeed();
      behind(stage, stage.wakeUps.sync(false));
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
    case 'sync':
      behind(stage, stage.wakeUps.sync(what.lastChance));
      return;
    case 'periodic-sync':
      behind(stage, stage.wakeUps.periodicSync());
      return;
    default:
      happenToDevice(stage, what);
  }
}

export function backOnline({ world, browser }: OutboxStage): void {
  world.isOnline = true;
  for (const page of browser.openPages) page.hear();
}

function turn(targets: readonly string[], index: number): string {
  return targets[index % targets.length] ?? '';
}
