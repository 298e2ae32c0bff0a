import { css } from 'lit';

/** A page of settings: panels, and the lines in them, each with its words and its control. */
export const panel = css`
  section {
    max-width: 680px;
    margin-top: 20px;
    padding: 20px;
    border-radius: 20px;
    background: var(--surface);
    box-shadow: var(--edge);
  }
  section > h2 {
    margin-bottom: 14px;
  }
  .line {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 10px 20px;
    min-height: 44px;
  }
  .line + .line,
  sa-storage-meter + .line {
    margin-top: 14px;
    padding-top: 14px;
    border-top: 1px solid var(--line);
  }
  .line p {
    flex: 1 1 170px;
  }
  .line span {
    display: block;
    color: var(--quiet);
    font-size: 0.875rem;
  }
`;
