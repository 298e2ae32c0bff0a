import { css } from 'lit';

/** What pages share: their measure, their heading, sections, and the bones shown while reading. */
export const page = css`
  :host {
    display: block;
    max-width: 1120px;
    margin: 0 auto;
    padding: 28px var(--page-x) 40px;
  }
  @media (min-width: 900px) {
    :host {
      padding-top: 44px;
    }
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    justify-content: space-between;
    gap: 12px 24px;
    margin-bottom: 24px;
  }
  section {
    margin-top: 36px;
  }
  .heading {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 0 16px;
    margin-bottom: 8px;
  }
  .heading p {
    font-size: 0.875rem;
  }
  section > h2 {
    margin-bottom: 8px;
  }
  .more {
    display: flex;
    justify-content: center;
    margin-top: 20px;
  }
  .bone {
    border-radius: var(--radius);
    background: var(--sunken);
    /* Rows are read in milliseconds: bones that come at once would only flicker. */
    animation: appear 0.4s 0.2s backwards;
  }
  .row-bone {
    height: 84px;
    margin: 16px 0 24px;
  }
  @keyframes appear {
    from {
      opacity: 0;
    }
  }
`;
