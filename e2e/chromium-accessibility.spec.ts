import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './support/test.ts';

// In Chromium alone: axe comes by an inline script, which Firefox keeps from the page as the CSP says.
test('no page has an accessibility violation, or trips over the content security policy', async ({
  app,
  profile,
}) => {
  await app.page.getByRole('button', { name: 'Try the sample podcast' }).click();
  await app.episode('Cargo in crates').waitForStatus('Not downloaded');
  for (const page of [
    'Library',
    'Episodes',
    'Downloads',
    'Search',
    'Settings',
    'Inspector',
  ] as const) {
    await app.go(page);
    await expect(app.page.getByRole('heading', { level: 1, name: page })).toBeVisible();
    const { violations } = await new AxeBuilder({ page: app.page }).analyze();
    expect(violations, `on the page ${page}`).toEqual([]);
  }
  expect(profile.log.filter((line) => /security policy|uncaught/i.test(line))).toEqual([]);
});
