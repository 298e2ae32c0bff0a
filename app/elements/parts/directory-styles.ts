import { css } from 'lit';

export const directoryStyles = css`
  :host {
    max-width: none;
    padding: 0;
  }
  li + li {
    border-top: 1px solid var(--line);
  }
  .note {
    padding: 8px 0;
    max-width: 60ch;
  }
  .note + .button {
    margin-top: 8px;
  }
`;
