import { css } from 'lit';

export const episodeStyles = css`
  :host {
    position: relative;
    z-index: 0;
  }
  .podcast {
    min-height: 1.5em;
    margin-bottom: 6px;
    font-weight: 600;
  }
  .podcast a {
    text-decoration: none;
  }
  .podcast a:hover {
    text-decoration: underline;
  }
  .hero h1 {
    font-size: clamp(1.625rem, 1.3rem + 1.4vw, 2.25rem);
  }
  .hero .actions {
    min-height: 44px;
  }
  .state {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 8px;
    color: var(--quiet);
    font-size: 0.875rem;
  }
  .hero .actions sa-copy-choice {
    flex-basis: 100%;
  }
  sa-download-progress {
    margin-top: 16px;
  }
  sa-chapter-list,
  sa-transcript {
    max-width: 720px;
  }
  .persons {
    display: flex;
    flex-wrap: wrap;
    gap: 10px 28px;
  }
  .persons li {
    display: grid;
    line-height: 1.35;
  }
  .persons .quiet {
    font-size: 0.875rem;
    text-transform: capitalize;
  }
  @media (max-width: 899px) {
    .hero .actions {
      gap: 12px 8px;
    }
    .hero .actions .state {
      flex-basis: 100%;
      justify-content: center;
    }
  }
`;
