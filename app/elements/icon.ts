import { html, svg, type TemplateResult } from 'lit';

/** 24 px, drawn by stroke; `base` styles the `svg`. */
const SHAPES = {
  library: svg`<rect x="3.5" y="3.5" width="7" height="7" rx="2"/><rect x="13.5" y="3.5" width="7" height="7" rx="2"/><rect x="3.5" y="13.5" width="7" height="7" rx="2"/><rect x="13.5" y="13.5" width="7" height="7" rx="2"/>`,
  episodes: svg`<path d="M4 6h11M4 12h8M4 18h6"/><path d="m15.5 12 5 3.25-5 3.25z"/>`,
  downloads: svg`<path d="M12 3.5v11M7.5 10.5 12 15l4.5-4.5"/><path d="M4 16v2.5a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2V16"/>`,
  search: svg`<circle cx="10.75" cy="10.75" r="6.75"/><path d="m20 20-4.5-4.5"/>`,
  settings: svg`<path d="M4 7.5h8.5M17.5 7.5H20M4 16.5h2.5M11.5 16.5H20"/><circle cx="15" cy="7.5" r="2.5"/><circle cx="9" cy="16.5" r="2.5"/>`,
  inspector: svg`<path d="M3 12.5h4l2.5-7 4.5 13 2.5-6H21"/>`,
  play: svg`<path d="M8 5.2v13.6a.6.6 0 0 0 .9.5l11-6.8a.6.6 0 0 0 0-1l-11-6.8a.6.6 0 0 0-.9.5z" fill="currentColor" stroke="none"/>`,
  pause: svg`<path d="M8.5 6v12M15.5 6v12" stroke-width="3.5"/>`,
  'pause-small': svg`<path d="M9 6.5v11M15 6.5v11"/>`,
  resume: svg`<path d="M4.5 12a7.5 7.5 0 1 0 2.2-5.3L4.5 9"/><path d="M4.5 4.5V9H9"/>`,
  download: svg`<path d="M12 4v11M7 10.5l5 5 5-5M5 20h14"/>`,
  cancel: svg`<path d="m6.5 6.5 11 11m0-11-11 11"/>`,
  delete: svg`<path d="M4.5 7h15M9.5 7V4.5h5V7M6.5 7l.8 12.5h9.4L17.5 7M10 11v5M14 11v5"/>`,
  check: svg`<path d="m5 12.5 4.5 4.5L19 7.5"/>`,
  clock: svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5l3 2"/>`,
  alert: svg`<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5v5.5M12 16.2v.1"/>`,
  offline: svg`<path d="m4 4 16 16M8.5 15.5a5 5 0 0 1 6.5-.5M5 12a10 10 0 0 1 4-2.5M19 12a10 10 0 0 0-6-2.9M12 19.2v.1M2.5 8.5A14 14 0 0 1 6 6.3M21.5 8.5A14 14 0 0 0 10.5 5"/>`,
  update: svg`<path d="M12 20V9M7 13.5 12 8.5l5 5M5 4h14"/>`,
  box: svg`<path d="M4 8.5 12 4l8 4.5v7L12 20l-8-4.5z"/><path d="m4 8.5 8 4.5 8-4.5M12 13v7"/>`,
  back: svg`<path d="M12 5a7.75 7.75 0 1 1-7.4 5.4"/><path d="M12.3 1.9 9 5l3.3 3.1"/>`,
  forward: svg`<path d="M12 5a7.75 7.75 0 1 0 7.4 5.4"/><path d="M11.7 1.9 15 5l-3.3 3.1"/>`,
  keep: svg`<path d="M7 4h10v16l-5-4-5 4z"/>`,
  kept: svg`<path d="M7 4h10v16l-5-4-5 4z" fill="currentColor"/>`,
  next: svg`<path d="M5 4.5h14M12 20V9M7 13.5 12 8.5l5 5"/>`,
  'arrow-up': svg`<path d="M12 19.5V5M6.5 10.5 12 5l5.5 5.5"/>`,
  'arrow-down': svg`<path d="M12 4.5V19M6.5 13.5 12 19l5.5-5.5"/>`,
  down: svg`<path d="m5.5 9 6.5 6.5L18.5 9"/>`,
} as const;

export type IconName = keyof typeof SHAPES;

/** Decoration only: whatever it says must be said in words as well. */
export function icon(name: IconName): TemplateResult {
  return html`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">${SHAPES[name]}</svg>`;
}
