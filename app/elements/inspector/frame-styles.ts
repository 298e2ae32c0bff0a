import { css } from 'lit';

/** The box of a long picture that scrolls, and the way back to its newest. */
export const frameStyles = css`
  :host {
    display: block;
    min-width: 0;
  }
  .frame {
    position: relative;
    overflow: hidden;
    border-radius: 20px;
    background: var(--surface);
  }
  /* Above what scrolls. */
  .frame::after {
    content: '';
    position: absolute;
    z-index: 2;
    inset: 0;
    border-radius: inherit;
    box-shadow: var(--edge);
    pointer-events: none;
  }
  .frame:has(.focusable:focus-visible) {
    outline: 3px solid var(--accent);
    outline-offset: 2px;
  }
  .focusable:focus-visible {
    outline: none;
  }
  .stage {
    position: relative;
  }
  .scroll {
    max-height: var(--picture-max-height, clamp(320px, 64vh, 720px));
    overflow: hidden auto;
    /* What stays in place is our own affair. */
    overflow-anchor: none;
    overscroll-behavior: contain;
    scrollbar-width: thin;
    scrollbar-color: var(--line) transparent;
  }
  .newest {
    position: absolute;
    z-index: 1;
    right: 0;
    bottom: 14px;
    left: 0;
    display: flex;
    justify-content: center;
    pointer-events: none;
  }
  .newest .button {
    min-height: 40px;
    pointer-events: auto;
    box-shadow: var(--shadow);
  }
`;
