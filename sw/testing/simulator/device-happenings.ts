import { behind, type Device } from './device.ts';

/** What happens to any device, whatever somebody does with it. `page` counts round. */
export type DeviceHappening =
  | { kind: 'open-page' }
  | { kind: 'close-page'; page: number }
  | { kind: 'kill-worker' }
  | { kind: 'strike-worker'; afterOperations: number; manner: 'dies' | 'throws' }
  | { kind: 'update' }
  | { kind: 'fill-disk'; commits: number }
  | { kind: 'jump-clock'; byMs: number };

export function happenToDevice(device: Device, what: DeviceHappening): void {
  const { world, browser } = device;
  switch (what.kind) {
    case 'open-page':
      device.openPage();
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
    case 'update':
      behind(device, browser.update());
      return;
    case 'fill-disk':
      browser.wake().quotaFailures = what.commits;
      return;
    case 'jump-clock':
      world.strike('clock-jumped');
      world.clockErrorMs = what.byMs;
      return;
  }
}
