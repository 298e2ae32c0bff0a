import { css } from 'lit';

export const techniqueStyles = css`
  :host {
    display: block;
  }
  li {
    padding: 4px 12px 4px 8px;
  }
  li + li {
    border-top: 1px solid var(--line);
  }
  .line {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 44px;
  }
  h3 {
    flex: 1;
    min-width: 0;
    margin: 0;
    font: inherit;
  }
  .title {
    display: flex;
    align-items: center;
    gap: 6px;
    width: 100%;
    min-height: 40px;
    padding: 4px 4px 4px 0;
    text-align: left;
    font-size: 0.9375rem;
    font-weight: 600;
    line-height: 1.3;
  }
  .title:hover {
    color: var(--accent);
  }
  .mark svg {
    width: 18px;
    height: 18px;
    color: var(--quiet);
    transform: rotate(-90deg);
    transition: transform 0.15s;
  }
  .mark[data-open] svg {
    transform: none;
  }
  .run {
    flex: none;
    min-width: 64px;
    min-height: 36px;
    padding: 0 14px;
    border-radius: 18px;
    background: var(--tint);
    color: var(--accent);
    font-size: 0.875rem;
    font-weight: 650;
    transition: background-color 0.15s;
  }
  .run:hover {
    background: var(--accent);
    color: var(--on-accent);
  }
  .run:focus-visible {
    border-radius: 18px;
  }
  .run.stop {
    background: var(--alarm-tint);
    color: var(--alarm);
  }
  .run[aria-disabled='true'],
  .run[aria-disabled='true']:hover {
    cursor: default;
    background: var(--sunken);
    color: var(--quiet);
  }
  .outcome {
    padding-left: 24px;
    color: var(--quiet);
    font-size: 0.8125rem;
    overflow-wrap: anywhere;
  }
  .outcome:not(:empty) {
    margin: -4px 0 8px;
  }
  .about {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 10px;
    padding: 2px 0 12px 24px;
    font-size: 0.875rem;
  }
  .docs {
    font-size: 0.8125rem;
  }
  @media (max-width: 480px) {
    .about,
    .outcome {
      padding-left: 4px;
    }
  }
  @media (forced-colors: active) {
    .run {
      border: 1px solid ButtonText;
    }
  }
`;
