import { html, type TemplateResult } from 'lit';
import '../notice.ts';

/** Stands in for a page whose rows could not be read. The page brings the button's styles. */
export function readFailure(rows: { read: () => void }): TemplateResult {
  return html`<h1 tabindex="-1" class="unseen">Not available</h1>
    <div role="alert">
      <sa-notice sign="alert" heading="Your library does not answer">
        The browser’s storage could not be read just now. Nothing is lost by trying again.
        <button slot="action" type="button" class="button" @click=${rows.read}>Try again</button>
      </sa-notice>
    </div>`;
}
