import { css } from 'lit';

export const searchStyles = css`
  form {
    max-width: 560px;
  }
  label {
    display: block;
    margin-bottom: 6px;
    font-size: 0.875rem;
    font-weight: 600;
  }
  .line {
    position: relative;
  }
  .line > svg {
    position: absolute;
    top: 14px;
    left: 14px;
    width: 20px;
    height: 20px;
    color: var(--quiet);
    pointer-events: none;
  }
  .field {
    padding: 0 48px 0 44px;
    appearance: none;
  }
  .round {
    position: absolute;
    top: 4px;
    right: 4px;
  }
`;
