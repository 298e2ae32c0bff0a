import { html } from 'lit';
import { expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { failed, succeeded } from '../../../core/model/failure.ts';
import { violationsIn } from '../testing/axe.ts';
import { aStage, mount } from '../testing/mount.ts';
import './directory-results.ts';

const mountWith = (stage: ReturnType<typeof aStage>) =>
  mount(
    html`<sa-directory-results .search=${stage.search} words="ferry"></sa-directory-results>`,
    'sa-directory-results',
    stage,
  );
const again = page.getByRole('button', { name: 'Try again' });

it('says why a question was not answered, and asks again', async () => {
  const stage = aStage();
  stage.search.outcome = failed({ code: 'unexpected', detail: 'no answer in time' });
  const element = await mountWith(stage);
  await element.ask();
  await expect.element(page.getByRole('region').getByText(/Something went wrong/)).toBeVisible();
  stage.search.outcome = succeeded({});
  await again.click();
  await expect.element(page.getByText(/Press Enter to search/)).toBeVisible();
  expect(stage.search.calls).toEqual(['ask ferry', 'ask ferry']);
});

it('says why a question did not even reach the worker, and offers nothing that cannot work', async () => {
  const stage = aStage();
  stage.search.outcome = failed({ code: 'worker-missing' });
  const element = await mountWith(stage);
  await element.ask();
  const why = /This window cannot keep podcasts/;
  await expect.element(page.getByRole('status').filter({ hasText: why })).toBeInTheDocument();
  await expect.element(page.getByRole('region').getByText(why)).toBeVisible();
  expect(await violationsIn(element)).toEqual([]);
  await expect.element(again).not.toBeInTheDocument();
  // What was said of other words does not stand under these.
  element.words = 'ferries';
  await expect.element(page.getByText(/Press Enter to search/)).toBeVisible();
});
