import { css } from 'lit';

/** The outbox and what wakes it: two lists beside each other, each in its own panel. */
export const laterStyles = css`
  :host {
    display: block;
    overflow: hidden;
    border-radius: 20px;
    background: var(--surface);
    box-shadow: var(--edge);
  }
  .none {
    padding: 18px 20px;
    color: var(--quiet);
    font-size: 0.9375rem;
  }
  .scroll {
    max-height: 380px;
    overflow-y: auto;
    border-radius: 20px;
    overscroll-behavior-y: auto;
  }
  .scroll:focus-visible {
    outline-offset: -2px;
  }
  li {
    padding: 10px 20px;
  }
  li + li {
    border-top: 1px solid var(--line);
  }
  strong {
    font-size: 0.9375rem;
    font-weight: 600;
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
  }
  .what {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: 12px;
  }
  .state {
    flex: none;
    padding: 2px 10px;
    border-radius: 12px;
    background: var(--tint);
    color: var(--accent-strong);
    font-size: 0.8125rem;
    font-weight: 650;
  }
  .state.failed {
    background: var(--alarm-tint);
    color: var(--alarm);
  }
  dl {
    display: grid;
    grid-template-columns: 76px 68px minmax(0, 1fr);
    gap: 6px 16px;
    margin-top: 8px;
    font-size: 0.8125rem;
  }
  .wide {
    grid-column: span 2;
  }
  dl > div {
    min-width: 0;
  }
  dt {
    color: var(--quiet);
  }
  dd {
    font-weight: 600;
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
  }
  .wake-up {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 0 14px;
    align-items: baseline;
  }
  time,
  .led-to {
    color: var(--quiet);
    font-size: 0.8125rem;
  }
  .led-to {
    grid-column: 2;
  }
  @media (forced-colors: active) {
    .state {
      border: 1px solid CanvasText;
    }
  }
`;
