import { css, html, svg, type TemplateResult } from 'lit';

/** The app's own picture: a small boat whose sail is a sound. For the first page anyone sees. */
export function sailboat(): TemplateResult {
  const bars = [14, 30, 52, 74, 58, 36, 18];
  return html`<svg class="sailboat" viewBox="0 0 200 150" aria-hidden="true">
    ${bars.map(
      (height, index) =>
        svg`<rect class="sail" x=${54 + index * 14} y=${92 - height} width="8" height=${height} rx="4" />`,
    )}
    <path class="hull" d="M38 102h124l-10 17a12 12 0 0 1-10.3 6H58.3A12 12 0 0 1 48 119z" />
    <path class="water" d="M10 134c12 0 12 6 24 6s12-6 24-6 12 6 24 6 12-6 24-6 12 6 24 6 12-6 24-6 12 6 24 6 10-4 14-5" />
  </svg>`;
}

export const sailboatStyles = css`
  .sailboat {
    width: 200px;
    height: 150px;
    stroke: none;
  }
  .sail {
    fill: var(--accent);
  }
  .hull {
    fill: var(--ink);
  }
  .water {
    fill: none;
    stroke: var(--accent);
    stroke-width: 3;
    opacity: 0.4;
  }
`;
