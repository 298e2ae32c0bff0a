import { css } from 'lit';

export const timelineStyles = css`
  :host {
    display: block;
    min-width: 0;
  }
  .frame {
    padding: 14px 16px 12px;
    border-radius: 20px;
    background: var(--surface);
    box-shadow: var(--edge);
  }
  .top {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 8px 16px;
    margin-bottom: 10px;
    color: var(--quiet);
    font-size: 0.875rem;
  }
  .choice {
    display: flex;
    padding: 3px;
    border-radius: 20px;
    background: var(--sunken);
  }
  .choice button {
    min-height: 34px;
    padding: 0 14px;
    border-radius: 17px;
    color: var(--quiet);
    font-weight: 600;
    font-size: 0.8125rem;
  }
  .choice button[aria-pressed='true'] {
    background: var(--surface);
    color: var(--ink);
    box-shadow: var(--edge);
  }
  .lanes {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 12px;
  }
  li {
    display: grid;
    grid-template-columns: auto 4ch;
    align-items: center;
    gap: 8px;
    height: 24px;
    font-size: 0.75rem;
    line-height: 1;
  }
  .name {
    display: flex;
    align-items: center;
    gap: 7px;
    font-weight: 600;
    white-space: nowrap;
  }
  .name::before {
    content: '';
    width: 8px;
    height: 8px;
    border-radius: 3px;
    background: var(--channel);
  }
  .idle .name {
    color: var(--quiet);
  }
  .idle .name::before {
    background: none;
    box-shadow: inset 0 0 0 1.5px var(--line);
  }
  .count,
  .median {
    color: var(--quiet);
    text-align: right;
    white-space: nowrap;
  }
  .median {
    display: none;
  }
  @media (min-width: 640px) {
    li {
      grid-template-columns: auto 5ch 8ch;
    }
    .median {
      display: block;
    }
  }
  .strip {
    min-width: 0;
  }
  svg.picture {
    width: 100%;
    height: 188px;
    overflow: hidden;
    stroke: none;
  }
  .moving {
    transform: translateX(var(--past, 0));
  }
  .ground {
    fill: color-mix(in srgb, var(--sunken) 50%, var(--surface));
  }
  .grid path {
    stroke: var(--line);
    stroke-width: 1;
  }
  text {
    fill: var(--quiet);
    font: 500 11px / 1 var(--font);
    font-variant-numeric: tabular-nums;
  }
  .span {
    stroke: var(--channel);
    stroke-width: 12;
    stroke-linecap: butt;
    opacity: 0.4;
  }
  .span.failed {
    stroke: var(--alarm);
  }
  .span.open-port {
    stroke-width: 2;
    opacity: 0.6;
  }
  .mark {
    stroke: var(--channel);
    stroke-width: 2.5;
    stroke-linecap: butt;
  }
  .cross-ground {
    stroke: var(--surface);
    stroke-width: 6;
  }
  .cross {
    stroke: var(--alarm);
    stroke-width: 2.5;
  }
`;
