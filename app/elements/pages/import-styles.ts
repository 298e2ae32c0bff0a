import { css } from 'lit';

export const importStyles = css`
  section:first-of-type {
    margin-top: 0;
  }
  section > h2 {
    margin-bottom: 6px;
  }
  .zone {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 16px;
    margin: 18px 0;
    padding: 18px 20px;
    border: 1.5px dashed color-mix(in srgb, var(--quiet) 50%, transparent);
    border-radius: 16px;
    background: var(--ground);
    transition:
      background-color 0.15s,
      border-color 0.15s;
  }
  .zone > svg {
    color: var(--accent);
  }
  .zone.over {
    border-color: var(--accent);
    background: var(--tint);
  }
  .zone p {
    font-size: 0.9375rem;
  }
  /* Nobody drops a file on a phone. */
  @media (hover: none) {
    .wide {
      display: none;
    }
  }
  label {
    display: block;
    margin-bottom: 6px;
    font-size: 0.875rem;
    font-weight: 600;
  }
  .fetch {
    display: flex;
    gap: 8px;
  }
  .fetch .field {
    flex: 1;
    min-width: 0;
  }
  .fetch .button {
    min-height: 48px;
    border-radius: 14px;
  }
  [role='status']:not(:empty),
  .alert:not(:empty) {
    margin-top: 12px;
    font-size: 0.9375rem;
    line-height: 1.45;
  }
  .alert {
    color: var(--alarm);
  }
  b {
    font-weight: 600;
  }
`;
