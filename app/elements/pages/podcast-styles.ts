import { css } from 'lit';

export const podcastStyles = css`
  :host {
    position: relative;
    z-index: 0;
  }
  .refreshed {
    min-height: 1.5em;
    margin: 8px 0 4px;
    color: var(--quiet);
    font-size: 0.875rem;
    text-align: center;
  }
  .failure {
    color: var(--alarm);
  }
  .links {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 20px;
    margin-top: 14px;
    font-size: 0.9375rem;
    font-weight: 600;
  }
  .links a {
    padding: 6px 0;
    overflow-wrap: anywhere;
  }
  @media (min-width: 900px) {
    .refreshed {
      margin-top: 16px;
      text-align: left;
    }
  }
`;
