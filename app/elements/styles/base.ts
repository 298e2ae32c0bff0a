import { css } from 'lit';

/**
 * What every shadow root wants: sane boxes, visible focus, headings, links and icons. A page's `h1` takes
 * focus after a navigation; it is no control and needs no ring.
 */
export const base = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd {
    margin: 0;
    padding: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  h1 {
    font-size: clamp(1.875rem, 1.5rem + 1.6vw, 2.5rem);
    font-weight: 750;
    letter-spacing: -0.025em;
    line-height: 1.12;
    text-wrap: balance;
    overflow-wrap: anywhere;
  }
  h1:focus {
    outline: none;
  }
  h2 {
    font-size: 1.1875rem;
    font-weight: 700;
    letter-spacing: -0.012em;
    line-height: 1.3;
  }
  a {
    color: var(--accent);
    text-underline-offset: 0.18em;
    text-decoration-thickness: 1px;
  }
  :focus-visible {
    outline: 3px solid var(--accent);
    outline-offset: 2px;
    border-radius: 6px;
  }
  svg {
    display: block;
    flex: none;
    width: 24px;
    height: 24px;
    fill: none;
    stroke: currentcolor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .quiet {
    color: var(--quiet);
  }
  .figures {
    font-variant-numeric: tabular-nums;
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after,
    ::backdrop {
      animation-duration: 0.01ms !important;
      animation-iteration-count: 1 !important;
      transition: none !important;
    }
  }
`;
