import { css } from 'lit';

/** What bar and sheet share, and the bar. */
export const playerStyles = css`
  :host {
    display: block;
  }
  :host([idle]) {
    display: none;
  }
  .bar {
    position: relative;
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
    gap: 8px;
    margin: 0 8px 8px;
    padding: 8px;
    border-radius: 18px;
    background: var(--surface);
    box-shadow: var(--shadow), var(--edge);
  }
  .open {
    display: flex;
    align-items: center;
    gap: 12px;
    min-width: 0;
    border-radius: 12px;
    text-align: left;
  }
  .open:focus-visible {
    border-radius: 12px;
  }
  .bar sa-artwork {
    --artwork-radius: 11px;
    flex: none;
    width: 48px;
  }
  .bar .words {
    display: grid;
    min-width: 0;
    line-height: 1.35;
  }
  .bar .title,
  .bar .podcast {
    overflow: hidden;
    white-space: nowrap;
    text-overflow: ellipsis;
  }
  .title {
    font-size: 0.9375rem;
    font-weight: 650;
  }
  .podcast {
    color: var(--quiet);
    font-size: 0.8125rem;
  }
  .problem {
    margin-top: 6px;
    color: var(--alarm);
    font-size: 0.9375rem;
  }
  .controls {
    display: flex;
    align-items: center;
    gap: 4px;
  }
  .skip {
    position: relative;
    width: 44px;
    height: 44px;
    color: var(--ink);
  }
  .skip svg {
    width: 30px;
    height: 30px;
    stroke-width: 1.5;
  }
  .by {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: center;
    padding-top: 1px;
    font-size: 0.5625rem;
    font-weight: 750;
  }
  .toggle {
    width: 48px;
    height: 48px;
  }
  .toggle svg {
    width: 26px;
    height: 26px;
  }
  .waiting {
    animation: breathe 1.2s ease-in-out infinite alternate;
  }
  @keyframes breathe {
    to {
      opacity: 0.55;
    }
  }
  .speed {
    min-height: 40px;
    padding: 0 6px;
    border: 0;
    border-radius: 20px;
    background: none;
    color: var(--ink);
    font-size: 0.875rem;
    font-weight: 650;
    cursor: pointer;
  }
  .speed:hover {
    background: var(--sunken);
  }
  .speed option {
    background: var(--surface);
  }

  /* On a phone the bar keeps to what a thumb needs on the way: the rest is one tap away. */
  .bar .speed,
  .bar .skip:first-child {
    display: none;
  }
  .bar sa-seek-slider {
    display: none;
  }
  .bar::after {
    content: '';
    position: absolute;
    right: 18px;
    bottom: 0;
    left: 18px;
    height: 3px;
    border-radius: 2px;
    background: linear-gradient(var(--accent), var(--accent)) 0 / calc(var(--done, 0) * 100%) 100%
      no-repeat;
  }

  @media (min-width: 900px) {
    .bar {
      grid-template-columns: minmax(0, 1fr) auto minmax(0, 1.3fr) auto;
      gap: 20px;
      max-width: 1080px;
      margin: 0 auto 20px;
      padding: 10px 16px 10px 10px;
      width: calc(100% - 40px);
    }
    .bar sa-artwork {
      width: 56px;
    }
    .bar .speed,
    .bar .skip:first-child {
      display: inline-grid;
    }
    .bar sa-seek-slider {
      display: grid;
    }
    .bar::after {
      content: none;
    }
  }
`;
