import { html } from 'lit';
import { expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { failed, succeeded } from '../../../core/model/failure.ts';
import { violationsIn } from '../testing/axe.ts';
import { aStage, mount } from '../testing/mount.ts';
import './directory-results.ts';

it('says why a question did not even reach the worker, and asks again', async () => {
  const stage = aStage();
  stage.search.outcome = failed({ code: 'worker-missing' });
  const element = await mount(
    html`<sa-directory-results .search=${stage.search} words="ferry"></sa-directory-results>`,
    'sa-directory-results',
    stage,
  );
  await element.ask();
  const why = /This window cannot keep podcasts/;
  await expect.element(page.getByRole('status').filter({ hasText: why })).toBeInTheDocument();
  await expect.element(page.getByRole('region').getByText(why)).toBeVisible();
  expect(await violationsIn(element)).toEqual([]);
  stage.search.outcome = succeeded({});
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect.element(page.getByText(/Press Enter to search/)).toBeVisible();
  expect(stage.search.calls).toEqual(['ask ferry', 'ask ferry']);
  // What was said of other words does not stand under these.
  stage.search.outcome = failed({ code: 'worker-missing' });
  await element.ask();
  element.words = 'ferries';
  await expect.element(page.getByText(/Press Enter to search/)).toBeVisible();
});
