import { css } from 'lit';

/** The groups of the Downloads page. */
export const downloadSection = css`
  section {
    margin-top: 36px;
  }
  .line {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    min-height: 40px;
    margin-bottom: 8px;
  }
  .line .amount {
    flex: 1 1 120px;
    color: var(--quiet);
    font-size: 0.875rem;
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .tools .button,
  .order {
    min-height: 40px;
    padding: 0 16px;
  }
  .order {
    padding-right: 8px;
    border: 0;
    border-radius: 20px;
    background: var(--sunken);
    font-size: 0.9375rem;
    font-weight: 600;
    cursor: pointer;
  }
  .order:focus-visible {
    border-radius: 20px;
  }
  @media (forced-colors: active) {
    .order {
      border: 1px solid ButtonText;
    }
  }
`;
