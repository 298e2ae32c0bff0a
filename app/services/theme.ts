import type { Theme } from '../../core/model/settings.ts';

/*
 * The theme must hold at the first paint, and a row can only be read after it. So it is mirrored in
 * localStorage, where `public/first-paint.js` reads it before anything is drawn.
 */

/** The same as in `public/first-paint.js`. */
const keyFor = () => `stowaway-theme:${new URL('.', document.baseURI).pathname}`;

/** What the last page that ran here has shown. */
export function rememberedTheme(): Theme {
  try {
    const theme = localStorage.getItem(keyFor());
    return theme === 'light' || theme === 'dark' ? theme : 'system';
  } catch {
    // A browser that keeps nothing for us.
    return 'system';
  }
}

/** Everything that is drawn follows, in shadow roots as well: the tokens are `light-dark()` colours. */
export function showTheme(theme: Theme): void {
  const { dataset } = document.documentElement;
  if (theme === 'system') delete dataset.theme;
  else dataset.theme = theme;
  // The browser's own bar: one `meta` for each scheme.
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]')) {
    const { scheme } = meta.dataset;
    const shown = theme === 'system' ? `(prefers-color-scheme: ${scheme})` : 'all';
    meta.media = theme === 'system' || theme === scheme ? shown : 'not all';
  }
  try {
    if (theme === 'system') localStorage.removeItem(keyFor());
    else localStorage.setItem(keyFor(), theme);
  } catch {
    // Then the next first paint follows the device, and the row corrects it.
  }
}
