import { css } from 'lit';

export const inspectionControlStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 12px;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .actions .field {
    flex: 1 1 200px;
    min-width: 0;
    min-height: 44px;
    border-radius: 22px;
  }
  .filters {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 16px;
  }
  .sides,
  .channels {
    display: flex;
    gap: 6px;
    min-width: 0;
  }
  .channels {
    flex-wrap: wrap;
  }
  .sides {
    gap: 0;
    padding: 3px;
    border-radius: 20px;
    background: var(--sunken);
  }
  .sides button {
    min-height: 34px;
    padding: 0 14px;
    border-radius: 17px;
    color: var(--quiet);
    font-size: 0.875rem;
    font-weight: 600;
  }
  .sides button:hover {
    color: var(--ink);
  }
  .sides button[aria-pressed='true'] {
    background: var(--surface);
    color: var(--ink);
    box-shadow: var(--edge);
  }
  .sides button:focus-visible,
  .chip:focus-visible {
    border-radius: 20px;
  }
  .chip {
    min-height: 40px;
    padding: 0 14px;
    border-radius: 20px;
    color: var(--quiet);
    box-shadow: inset 0 0 0 1px var(--line);
    font-size: 0.875rem;
    font-weight: 600;
    text-decoration: line-through;
    text-decoration-color: var(--quiet);
    transition: background-color 0.15s;
  }
  .chip:hover {
    background: var(--sunken);
  }
  .chip[aria-pressed='true'] {
    background: var(--tint);
    color: var(--accent-strong);
    box-shadow: none;
    text-decoration: none;
  }
  .counts {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 16px;
    color: var(--quiet);
    font-size: 0.8125rem;
  }
  .dropped {
    color: var(--alarm);
  }
  @media (max-width: 480px) {
    .actions .button {
      flex: 1;
    }
    .actions .field {
      flex-basis: 100%;
    }
    .sides {
      flex: 1 0 100%;
    }
    .sides button {
      flex: 1;
    }
    .channels {
      flex-wrap: nowrap;
      margin: 0 calc(-1 * var(--page-x));
      padding: 4px var(--page-x);
      overflow-x: auto;
      scrollbar-width: none;
    }
    .chip {
      flex: none;
    }
  }
  @media (forced-colors: active) {
    .chip[aria-pressed='true'],
    .sides button[aria-pressed='true'] {
      border: 2px solid Highlight;
    }
  }
`;
