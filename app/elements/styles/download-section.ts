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
  .tools select {
    min-height: 40px;
  }
  .tools .button {
    padding: 0 16px;
  }
`;
