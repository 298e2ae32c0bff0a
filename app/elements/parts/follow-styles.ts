import { css } from 'lit';

export const followStyles = css`
  :host {
    display: block;
    margin-top: 24px;
  }
  summary {
    display: flex;
    align-items: center;
    gap: 12px;
    min-height: 44px;
    margin: -10px 0;
    border-radius: 12px;
    cursor: pointer;
    list-style: none;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  summary:focus-visible {
    border-radius: 12px;
  }
  summary > span {
    flex: 1;
  }
  summary .state {
    display: block;
    color: var(--quiet);
    font-size: 0.875rem;
  }
  summary svg {
    color: var(--quiet);
    transition: transform 0.15s;
  }
  details[open] summary svg {
    transform: rotate(180deg);
  }
  .lines {
    margin-top: 24px;
  }
  .fields {
    display: grid;
    grid-template-columns: 1fr 1fr;
    gap: 16px;
    margin-top: 14px;
    padding-top: 18px;
    border-top: 1px solid var(--line);
  }
  .wide,
  .words {
    grid-column: 1 / -1;
  }
  @media (min-width: 560px) {
    .words {
      grid-column: auto;
    }
  }
  .fields label {
    display: block;
    margin-bottom: 6px;
    font-size: 0.875rem;
    font-weight: 600;
  }
  .fields select {
    width: 100%;
    min-height: 48px;
    border-radius: 14px;
  }
  .field {
    background: var(--ground);
  }
  .missing {
    margin-top: 18px;
    color: var(--quiet);
    font-size: 0.875rem;
  }
  .fields + .line {
    margin-top: 18px;
    padding-top: 14px;
    border-top: 1px solid var(--line);
  }
`;
