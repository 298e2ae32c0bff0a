import { css } from 'lit';

/**
 * One colour for each channel, at least 3 to 1 on every ground of the app; `.request` and so on set
 * it as `--channel`. Never the only cue: each has a shape, and its name stands beside it.
 */
export const channelStyles = css`
  :host {
    --mono: ui-monospace, "SF Mono", "Cascadia Code", "Roboto Mono", "DejaVu Sans Mono", monospace;
    --request: #0b6a73;
    --stream: #2a5bd0;
    --broadcast: #7a3fc0;
    --tabs: #b02a78;
    --live: #a65a00;
    --event: #2f7a3a;
    --life: #4a5c60;
  }
  @media (prefers-color-scheme: dark) {
    :host {
      --request: #68d5dd;
      --stream: #8ab0ff;
      --broadcast: #c9a2ff;
      --tabs: #ff94c8;
      --live: #ffb84d;
      --event: #8ad694;
      --life: #9aaeb2;
    }
  }
  .request {
    --channel: var(--request);
  }
  .stream {
    --channel: var(--stream);
  }
  .broadcast {
    --channel: var(--broadcast);
  }
  .tabs {
    --channel: var(--tabs);
  }
  .live {
    --channel: var(--live);
  }
  .event {
    --channel: var(--event);
  }
  .life {
    --channel: var(--life);
  }
  .head .full,
  .head .line,
  .head .hollow {
    stroke: var(--channel);
    stroke-width: 1.75;
    stroke-linejoin: round;
  }
  .head .full {
    fill: var(--channel);
    stroke-width: 1;
  }
  .head .hollow {
    fill: var(--surface);
  }
  .head .line {
    fill: none;
  }
`;
