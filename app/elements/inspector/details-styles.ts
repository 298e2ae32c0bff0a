import { css } from 'lit';

export const detailsStyles = css`
  :host {
    display: block;
    min-width: 0;
    container-type: inline-size;
  }
  .frame {
    padding: 20px;
    border-radius: 20px;
    background: var(--surface);
    box-shadow: var(--edge);
  }
  .none {
    padding: 32px 20px;
    text-align: center;
  }
  .kind {
    color: var(--channel);
    font-size: 0.8125rem;
    font-weight: 650;
  }
  h3 {
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
    font: 650 1.0625rem / 1.4 var(--mono);
  }
  h4 {
    display: flex;
    justify-content: space-between;
    margin: 0 0 8px;
    font-size: 0.875rem;
    font-weight: 700;
  }
  h4 .quiet {
    font-weight: 500;
  }
  section {
    margin-top: 20px;
  }
  .outcome {
    color: var(--quiet);
    font-size: 0.875rem;
    overflow-wrap: anywhere;
  }
  .outcome.failed {
    display: inline-block;
    margin-top: 8px;
    padding: 4px 10px;
    border-radius: 8px;
    background: var(--alarm-tint);
    color: var(--alarm);
    font-weight: 650;
  }
  code {
    font: 500 0.8125rem / 1.4 var(--mono);
  }
  .steps li {
    position: relative;
  }
  /* The way from step to step; it lies on the lifeline of the side that saw it. */
  .steps li + li::before {
    content: '';
    position: absolute;
    top: -14px;
    left: 15px;
    width: 2px;
    height: 28px;
    background: var(--line);
  }
  .steps button {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) 160px 8ch;
    align-items: center;
    gap: 10px;
    width: 100%;
    min-height: 40px;
    padding: 0 10px;
    border-radius: 10px;
    font-size: 0.875rem;
    text-align: left;
  }
  .steps button:hover {
    background: var(--sunken);
  }
  .steps button[aria-current] {
    background: var(--tint);
    font-weight: 650;
  }
  .dot {
    position: relative;
    width: 12px;
    height: 12px;
    border: 2.5px solid var(--channel);
    border-radius: 50%;
    background: var(--surface);
  }
  .worker-side .dot {
    border-radius: 3px;
    background: var(--channel);
  }
  .failed .dot {
    border-color: var(--alarm);
    background: var(--alarm);
  }
  .failed button {
    color: var(--alarm);
    font-weight: 650;
  }
  @container (max-width: 480px) {
    .steps button {
      grid-template-columns: auto minmax(0, 1fr) 36px 8ch;
      gap: 8px;
    }
  }
  svg.share {
    width: 100%;
    height: 6px;
    fill: var(--channel);
    stroke: none;
  }
  .failed svg.share {
    fill: var(--alarm);
  }
  .since {
    text-align: right;
    color: var(--quiet);
    font-weight: 500;
  }
  [aria-current] .since {
    color: var(--ink);
  }
  pre {
    overflow: auto;
    max-height: 300px;
    margin: 0;
    padding: 12px 14px;
    border-radius: 12px;
    background: var(--ground);
    font: 500 12px / 1.55 var(--mono);
    font-variant-ligatures: none;
    overflow-wrap: anywhere;
    tab-size: 2;
    unicode-bidi: plaintext;
    white-space: pre-wrap;
  }
  pre + p {
    margin-top: 6px;
    font-size: 0.8125rem;
  }
  dl > div {
    display: grid;
    grid-template-columns: 92px minmax(0, 1fr);
    gap: 12px;
    padding: 5px 0;
    font-size: 0.8125rem;
  }
  dl > div + div {
    border-top: 1px solid var(--line);
  }
  dt {
    color: var(--quiet);
  }
  dd {
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
    font: 500 12px / 1.6 var(--mono);
  }
`;
