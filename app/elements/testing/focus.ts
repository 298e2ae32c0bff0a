/** The accessible name, or else the text, of what has the focus, inside however many shadow roots. */
export function focusedName(): string | undefined {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return focused?.getAttribute('aria-label') ?? focused?.textContent?.trim();
}
