import { css } from 'lit';

export const sequenceStyles = css`
  .names {
    position: sticky;
    z-index: 1;
    top: 0;
    background: linear-gradient(var(--surface) 80%, transparent);
  }
  svg.names-picture,
  svg.picture {
    width: 100%;
    overflow: hidden;
    stroke: none;
  }
  .names-picture {
    height: 52px;
  }
  .picture {
    height: var(--picture-height, 0);
    cursor: default;
  }
  text {
    fill: var(--ink);
    font: 500 11px / 1 var(--mono);
    font-variant-ligatures: none;
    unicode-bidi: isolate;
  }
  .wide text {
    font-size: 12px;
  }
  .party text {
    font: 650 11px / 1 var(--font);
  }
  .wide .party text {
    font-size: 13px;
  }
  .party rect {
    fill: var(--sunken);
  }
  .worker-head rect {
    fill: var(--accent);
  }
  .party.worker-head text {
    fill: var(--on-accent);
  }
  .lifeline {
    stroke: var(--line);
    stroke-width: 1.5;
  }
  .torn {
    fill: var(--ground);
  }
  .edge {
    stroke: var(--line);
    stroke-width: 1;
    fill: none;
  }
  .silence rect {
    fill: var(--surface);
    stroke: var(--line);
  }
  .silence text {
    fill: var(--quiet);
  }
  .bar rect {
    fill: color-mix(in srgb, var(--channel) 26%, var(--surface));
    stroke: var(--channel);
    stroke-width: 1.25;
  }
  .bar.open rect {
    animation: at-work 1.6s ease-in-out infinite alternate;
  }
  .bar.cut rect {
    stroke: var(--alarm);
  }
  .cross {
    stroke: var(--alarm);
    stroke-width: 2;
  }
  .touch {
    fill: transparent;
  }
  .arrow:hover:not(.chosen) .touch {
    fill: color-mix(in srgb, var(--ink) 4%, transparent);
  }
  .band {
    fill: color-mix(in srgb, var(--tint) 45%, var(--surface));
  }
  .band.chosen {
    fill: var(--tint);
  }
  .way {
    stroke: var(--channel);
    stroke-width: 1.75;
    fill: none;
  }
  .answer .way {
    stroke-width: 1.5;
    stroke-dasharray: 5 4;
    stroke-linecap: butt;
  }
  .chosen .way {
    stroke-width: 2.75;
  }
  .failed {
    --channel: var(--alarm);
  }
  .words {
    stroke: var(--surface);
    stroke-width: 4px;
    stroke-linejoin: round;
    paint-order: stroke;
  }
  .chosen .words {
    stroke: var(--tint);
    font-weight: 700;
  }
  .answer .words,
  .words .figure,
  .time {
    fill: var(--quiet);
  }
  .failed .words,
  .failed .words .figure {
    fill: var(--alarm);
    stroke: none;
    font-weight: 700;
  }
  .alarm {
    fill: var(--alarm-tint);
    stroke: var(--alarm);
    stroke-width: 1;
  }
  .wait {
    stroke: var(--alarm);
    stroke-width: 2;
    stroke-dasharray: 2 4;
  }
  .lost circle {
    fill: var(--alarm);
  }
  .lost path {
    stroke: var(--surface);
    stroke-width: 2;
    stroke-linecap: round;
  }
  .wide .time {
    font-size: 11px;
  }
  .fresh .way,
  .fresh .head,
  .fresh .words {
    animation: said 0.35s ease-out;
  }
  .keys {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
    padding: 12px 16px;
    border-top: 1px solid var(--line);
    color: var(--quiet);
    font-size: 0.8125rem;
  }
  .keys li {
    display: flex;
    align-items: center;
    gap: 7px;
  }
  .keys svg {
    width: 30px;
    height: 14px;
    stroke: none;
  }
  @keyframes said {
    from {
      opacity: 0;
    }
  }
  @keyframes at-work {
    to {
      fill: color-mix(in srgb, var(--channel) 55%, var(--surface));
    }
  }
  @media (forced-colors: active) {
    .band.chosen {
      fill: none;
      stroke: Highlight;
      stroke-width: 2;
    }
  }
`;
