import { html } from 'lit';
import { beforeEach, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { failed, succeeded } from '../../../core/model/failure.ts';
import { violationsIn } from '../testing/axe.ts';
import { aStage, mount } from '../testing/mount.ts';
import './refresh-all.ts';

let stage = aStage();
const button = page.getByRole('button', { name: 'Refresh all' });

beforeEach(() => {
  stage = aStage();
});

const show = () => mount(html`<sa-refresh-all></sa-refresh-all>`, 'sa-refresh-all', stage);

it.each([
  [{ changed: 0, failed: 0 }, 'Up to date.'],
  [{ changed: 2, failed: 0 }, 'Refreshed.'],
  [{ changed: 2, failed: 1 }, '1 podcast failed.'],
  [{ changed: 0, failed: 3 }, '3 podcasts failed.'],
])('refreshes all, and of %o says "%s"', async (totals, words) => {
  stage.library.refreshedAll = Promise.resolve(succeeded(totals));
  const element = await show();
  await button.click();
  await expect.element(page.getByRole('status')).toHaveTextContent(words);
  expect(stage.library.calls).toEqual(['refreshAll']);
  expect(await violationsIn(element)).toEqual([]);
});

it('says what stood in the way', async () => {
  stage.library.refreshedAll = Promise.resolve(failed({ code: 'offline' }));
  await show();
  await button.click();
  await expect.element(page.getByRole('status')).toHaveTextContent(/connection/);
});

it('is pressed in vain while it is at it', async () => {
  stage.library.refreshing = true;
  const element = await show();
  await expect.element(page.getByRole('status')).toHaveTextContent('Refreshing…');
  await button.click({ force: true });
  expect(stage.library.calls).toEqual([]);
  expect(await violationsIn(element)).toEqual([]);
});

/** A finger that moves by these steps, and is lifted. */
function drag(...steps: { x: number; y: number }[]): void {
  const target = document.body;
  const touch = (at: { x: number; y: number }) =>
    new Touch({ identifier: 1, target, clientX: at.x, clientY: at.y });
  const [first, ...others] = steps;
  if (!first) return;
  const send = (type: string, touches: Touch[]) =>
    target.dispatchEvent(new TouchEvent(type, { touches, bubbles: true, composed: true }));
  send('touchstart', [touch(first)]);
  for (const step of others) send('touchmove', [touch(step)]);
  send('touchend', []);
}

it('refreshes on a pull that is long enough, and only then', async () => {
  await show();
  drag({ x: 100, y: 100 }, { x: 100, y: 150 });
  expect(stage.library.calls, 'let go too soon').toEqual([]);
  drag({ x: 100, y: 100 }, { x: 100, y: 160 }, { x: 100, y: 240 });
  expect(stage.library.calls).toEqual(['refreshAll']);
});

it.each([
  [
    'sideways',
    [
      { x: 100, y: 100 },
      { x: 200, y: 120 },
      { x: 220, y: 300 },
    ],
  ],
  [
    'up',
    [
      { x: 100, y: 100 },
      { x: 100, y: 90 },
      { x: 100, y: 300 },
    ],
  ],
  [
    'and back',
    [
      { x: 100, y: 100 },
      { x: 100, y: 300 },
      { x: 100, y: 110 },
    ],
  ],
])('does nothing for a finger that goes %s', async (_name, steps) => {
  await show();
  drag(...steps);
  expect(stage.library.calls).toEqual([]);
});

it('leaves the browser its own pull once it is gone', async () => {
  const element = await show();
  expect(document.documentElement.style.overscrollBehaviorY).toBe('contain');
  element.remove();
  expect(document.documentElement.style.overscrollBehaviorY).toBe('');
  drag({ x: 100, y: 100 }, { x: 100, y: 300 });
  expect(stage.library.calls).toEqual([]);
});
