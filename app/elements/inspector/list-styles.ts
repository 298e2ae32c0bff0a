import { css } from 'lit';

export const listStyles = css`
  .all {
    height: var(--all-rows, 0);
  }
  .in-sight {
    transform: translateY(var(--first-row, 0));
  }
  .row {
    display: grid;
    grid-template-columns:
      98px 54px 134px 76px minmax(110px, 1fr) 74px 72px
      minmax(72px, 178px);
    align-items: center;
    gap: 0 8px;
    height: 32px;
    padding: 0 16px;
    font: 500 12px / 1.3 var(--mono);
    font-variant-ligatures: none;
    cursor: default;
  }
  .row > * {
    overflow: hidden;
    min-width: 0;
    text-overflow: ellipsis;
    unicode-bidi: isolate;
    white-space: nowrap;
  }
  .head-row {
    position: sticky;
    z-index: 1;
    top: 0;
    height: 36px;
    border-bottom: 1px solid var(--line);
    background: var(--surface);
    color: var(--quiet);
    font: 600 12px / 1.3 var(--font);
  }
  .head-row > :nth-child(6),
  .head-row > :nth-child(7),
  .number {
    text-align: right;
  }
  .time,
  .side,
  .way,
  .number,
  .outcome {
    color: var(--quiet);
  }
  .channel {
    color: var(--channel);
    font-family: var(--font);
    font-weight: 650;
  }
  .name {
    font-weight: 600;
  }
  .row:hover {
    background: color-mix(in srgb, var(--sunken) 55%, transparent);
  }
  .head-row:hover {
    background: var(--surface);
  }
  .row[aria-selected='true'] {
    background: var(--tint);
    box-shadow: inset 3px 0 var(--accent);
  }
  .row[aria-selected='true'] :is(.time, .side, .way, .number, .outcome) {
    color: var(--ink);
  }
  .outcome {
    display: flex;
    align-items: center;
    gap: 5px;
  }
  .wide .outcome,
  .head-row > :last-child {
    padding-left: 14px;
  }
  .outcome svg {
    width: 15px;
    height: 15px;
    stroke-width: 2;
  }
  .failed {
    background: color-mix(in srgb, var(--alarm-tint) 60%, transparent);
  }
  .row.failed :is(.outcome, .name),
  .row.failed[aria-selected='true'] .outcome {
    color: var(--alarm);
    font-weight: 700;
  }
  .narrow .head-row {
    position: absolute;
    overflow: hidden;
    width: 1px;
    height: 1px;
    padding: 0;
    clip-path: inset(50%);
  }
  .narrow .row:not(.head-row) {
    grid-template-columns: auto auto minmax(0, 1fr) auto;
    grid-template-areas:
      "name name name took"
      "channel way outcome outcome"
      "side side side time";
    align-content: center;
    gap: 3px 10px;
    height: 72px;
    border-bottom: 1px solid var(--line);
    font-size: 11px;
  }
  .narrow .name {
    grid-area: name;
    font-size: 13px;
  }
  .narrow .channel {
    grid-area: channel;
  }
  .narrow .way {
    grid-area: way;
  }
  .narrow .time {
    grid-area: time;
  }
  .narrow .took {
    grid-area: took;
  }
  .narrow .outcome {
    grid-area: outcome;
  }
  .narrow .outcome {
    justify-content: flex-end;
  }
  .narrow .side {
    grid-area: side;
  }
  .narrow .side::before {
    content: 'seen by ';
  }
  /* Still read out; the details show it. */
  .narrow .number:not(.took) {
    position: absolute;
    width: 1px;
    height: 1px;
    clip-path: inset(50%);
  }
`;
