import { html, type TemplateResult } from 'lit';

/** Keeps the place of episode rows until they are read. The page brings `page` styles. */
export function rowBones(count: number): TemplateResult {
  return html`<div aria-hidden="true">
    ${Array.from({ length: count }, () => html`<div class="bone row-bone"></div>`)}
  </div>`;
}
