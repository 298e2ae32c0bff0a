import { html, type TemplateResult } from 'lit';
import '../notice.ts';

/**
 * Stands in for what could not be loaded. A document remembers a failed import for good, so the next
 * try takes a new one. The page brings the button's styles.
 */
export function partMissing(): TemplateResult {
  return html`<sa-notice sign="alert" heading="This page could not be opened">
    A part of the app has not arrived yet. Try again when there is a connection.
    <button slot="action" type="button" class="button" @click=${() => location.reload()}>Try again</button>
  </sa-notice>`;
}
