import { css } from 'lit';

export const inspectorStyles = css`
  :host {
    max-width: 1320px;
  }
  .head {
    margin-bottom: 20px;
  }
  .head p {
    margin-top: 4px;
  }
  .life {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 32px;
    padding: 4px 14px;
    border-radius: 16px;
    background: var(--surface);
    box-shadow: var(--edge);
    font-size: 0.8125rem;
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
  .life span {
    width: 8px;
    height: 8px;
    border-radius: 50%;
    background: var(--line);
  }
  .life.running span {
    background: var(--accent);
  }
  .life.ended span {
    background: none;
    box-shadow: inset 0 0 0 2px var(--alarm);
  }
  section {
    min-width: 0;
    margin-top: 28px;
  }
  section > h2,
  .line {
    margin-bottom: 10px;
  }
  /* Two headings on one line, whatever stands beside them. */
  .techniques > h2,
  .line {
    min-height: 36px;
  }
  .techniques > h2 {
    display: flex;
    align-items: center;
  }
  .line {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
  }
  .switch {
    display: flex;
    padding: 3px;
    border-radius: 18px;
    background: var(--sunken);
  }
  .switch button {
    min-height: 30px;
    padding: 0 12px;
    border-radius: 15px;
    color: var(--quiet);
    font-size: 0.8125rem;
    font-weight: 600;
  }
  .switch button:hover {
    color: var(--ink);
  }
  .switch button[aria-pressed='true'] {
    background: var(--surface);
    color: var(--ink);
    box-shadow: var(--edge);
  }
  .switch button:focus-visible {
    border-radius: 15px;
  }
  sa-technique-list {
    border-radius: 20px;
    background: var(--surface);
    box-shadow: var(--edge);
  }
  sa-sequence-diagram,
  sa-trace-timeline {
    --picture-max-height: clamp(280px, 42vh, 460px);
    display: block;
  }
  sa-trace-details {
    display: block;
    margin-top: 16px;
  }
  .later h2 {
    margin-bottom: 0;
  }
  .later p {
    margin-bottom: 10px;
    font-size: 0.875rem;
  }
  .hint {
    margin-top: 10px;
    color: var(--quiet);
    font-size: 0.8125rem;
  }
  .facts {
    margin-top: 36px;
  }
  .facts summary {
    width: fit-content;
    min-height: 40px;
    cursor: pointer;
  }
  .facts h2 {
    display: inline;
  }
  .facts[open] summary {
    margin-bottom: 8px;
  }
  @media (min-width: 1080px) {
    .stage {
      display: grid;
      grid-template-columns: minmax(0, 1fr) 380px;
      gap: 28px;
      align-items: start;
    }
    .later {
      display: grid;
      grid-template-columns: repeat(2, minmax(0, 1fr));
      gap: 28px;
      align-items: start;
    }
    .seen {
      position: sticky;
      top: 20px;
    }
    sa-sequence-diagram,
    sa-trace-timeline {
      --picture-max-height: clamp(320px, 100vh - 260px, 640px);
    }
  }
  @media (forced-colors: active) {
    .switch button[aria-pressed='true'] {
      border: 2px solid Highlight;
    }
  }
`;
