import { css } from 'lit';

/** Lists to choose one thing from. */
export const choices = css`
  select {
    appearance: none;
    min-height: 44px;
    padding: 0 36px 0 16px;
    border: 0;
    border-radius: 22px;
    /* The arrow, out of two triangles: an image in the style would need an address of its own. */
    background:
      linear-gradient(45deg, transparent 50%, currentcolor 50%) calc(100% - 21px) 55% / 5px 5px
        no-repeat,
      linear-gradient(135deg, currentcolor 50%, transparent 50%) calc(100% - 16px) 55% / 5px 5px
        no-repeat,
      var(--sunken);
    font: inherit;
    font-size: 0.9375rem;
    font-weight: 600;
    color: inherit;
    cursor: pointer;
  }
  select:focus-visible {
    border-radius: 22px;
  }
  /* The list itself is drawn by the system. */
  option {
    background: var(--surface);
    color: var(--ink);
  }
  @media (forced-colors: active) {
    select {
      appearance: auto;
      border: 1px solid ButtonText;
    }
  }
`;
