import { html } from 'lit';
import { beforeEach, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import type { SubscribeEvent, SubscribeForm } from './subscribe-form.ts';
import { violationsIn } from './testing/axe.ts';
import { mount } from './testing/mount.ts';
import './subscribe-form.ts';

const field = page.getByLabelText('Podcast address');
const heard = vi.fn<(address: string) => void>();
let form: SubscribeForm;

beforeEach(async () => {
  heard.mockReset();
  form = await mount(
    html`<sa-subscribe-form
      @subscribe=${({ address }: SubscribeEvent) => heard(address)}
    ></sa-subscribe-form>`,
    'sa-subscribe-form',
  );
});

it('passes on what was typed, as it was typed', async () => {
  await field.fill(' feed:example.org/x ');
  await page.getByRole('button', { name: 'Subscribe' }).click();
  expect(heard.mock.calls[0]?.[0]?.trim()).toBe('feed:example.org/x');
  expect(await violationsIn(form)).toEqual([]);
});

it('asks once while it is busy', async () => {
  form.busy = true;
  await form.updateComplete;
  await page.getByRole('button').click({ force: true });
  expect(heard).not.toHaveBeenCalled();
  expect(await violationsIn(form)).toEqual([]);
});

it('says what went wrong, and keeps what was typed', async () => {
  await field.fill('example.org');
  form.failure = { code: 'feed-not-found', status: 404 };
  await expect.element(page.getByRole('alert')).toHaveTextContent(/no podcast at that address/);
  await expect.element(field).toHaveValue('example.org');
  await expect.element(field).toHaveAttribute('aria-invalid', 'true');
  expect(await violationsIn(form)).toEqual([]);
});
