import { css } from 'lit';

/** Lists to choose one thing from, in lines of settings. */
export const choices = css`
  select {
    min-height: 44px;
    padding: 0 10px 0 16px;
    border: 0;
    border-radius: 22px;
    background: var(--sunken);
    font: inherit;
    font-size: 0.9375rem;
    font-weight: 600;
    color: inherit;
    cursor: pointer;
  }
  select:focus-visible {
    border-radius: 22px;
  }
  @media (forced-colors: active) {
    select {
      border: 1px solid ButtonText;
    }
  }
`;
