import { css } from 'lit';

/** Buttons and fields. Every target is at least 40 px, 44 px where a thumb is likely. */
export const controls = css`
  button,
  input,
  select {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }
  button {
    cursor: pointer;
    border: 0;
    background: none;
    padding: 0;
    touch-action: manipulation;
  }
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-height: 44px;
    padding: 0 20px;
    border-radius: 22px;
    background: var(--sunken);
    font-weight: 600;
    font-size: 0.9375rem;
    line-height: 1.2;
    text-decoration: none;
    color: var(--ink);
    transition: background-color 0.15s;
  }
  @media (max-width: 480px) {
    .button {
      padding: 0 16px;
    }
  }
  .button:hover {
    background: var(--line);
  }
  .button svg {
    width: 20px;
    height: 20px;
    margin-left: -4px;
  }
  .button.primary {
    background: var(--accent);
    color: var(--on-accent);
  }
  .button.primary:hover {
    background: var(--accent-strong);
  }
  .button.plain {
    background: none;
    color: var(--quiet);
  }
  .button.plain:hover {
    background: var(--sunken);
    color: var(--ink);
  }
  .button.alarm {
    background: var(--alarm);
    color: var(--ground);
  }
  .button:focus-visible {
    border-radius: 22px;
  }
  .round {
    display: inline-grid;
    place-items: center;
    flex: none;
    width: 40px;
    height: 40px;
    border-radius: 50%;
    color: var(--quiet);
    transition: background-color 0.15s;
  }
  .round:hover {
    background: var(--sunken);
    color: var(--ink);
  }
  .round:focus-visible {
    border-radius: 50%;
  }
  .round svg {
    width: 22px;
    height: 22px;
  }
  .round.filled {
    background: var(--tint);
    color: var(--accent);
  }
  .round.filled:hover {
    background: var(--accent);
    color: var(--on-accent);
  }
  .round.solid {
    background: var(--accent);
    color: var(--on-accent);
  }
  .round.solid:hover {
    background: var(--accent-strong);
  }
  .button[aria-disabled='true'],
  .button[aria-disabled='true']:hover,
  .round[aria-disabled='true'],
  .round[aria-disabled='true']:hover {
    cursor: default;
    background: var(--sunken);
    color: var(--quiet);
  }
  .field {
    width: 100%;
    min-height: 48px;
    padding: 0 16px;
    border: 1px solid var(--line);
    border-radius: 14px;
    background: var(--surface);
    font-size: 1rem;
  }
  .field::-webkit-search-cancel-button {
    appearance: none;
  }
  .field::placeholder {
    color: var(--quiet);
    opacity: 1;
  }
  .field:hover {
    border-color: var(--quiet);
  }
  .field:focus-visible {
    border-radius: 14px;
    outline-offset: 0;
  }
  @media (forced-colors: active) {
    .button,
    .round {
      border: 1px solid ButtonText;
    }
  }
`;
