import { css } from 'lit';

/*
 * The bar is on the line below the row, and its words are where the facts were: a row that starts to move
 * does not push the next one away from under a finger. The buttons are far from Play: one of them deletes.
 */
export const episodeRowStyles = css`
  :host {
    display: block;
    position: relative;
    container-type: inline-size;
    padding: 16px 0 12px;
  }
  .row {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    column-gap: 14px;
  }
  :host([pictured]) .row {
    grid-template-columns: 64px minmax(0, 1fr);
  }
  .art {
    --artwork-radius: 10px;
    position: relative;
    width: 64px;
    grid-row: span 2;
  }
  .place {
    position: absolute;
    top: -7px;
    left: -7px;
    min-width: 24px;
    height: 24px;
    padding: 0 6px;
    border: 2px solid var(--ground);
    border-radius: 12px;
    background: var(--ink);
    color: var(--ground);
    font-size: 0.75rem;
    font-weight: 700;
    line-height: 20px;
    text-align: center;
  }
  .meta {
    color: var(--quiet);
    display: flex;
    font-size: 0.8125rem;
    line-height: 1.35;
    white-space: nowrap;
  }
  .new {
    flex: none;
    width: 8px;
    height: 8px;
    margin: auto 7px auto 0;
    border-radius: 50%;
    background: var(--accent);
  }
  @media (forced-colors: active) {
    .new {
      background: Highlight;
      forced-color-adjust: none;
    }
  }
  .podcast {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .podcast + .facts::before {
    content: '·';
    margin: 0 0.28em;
  }
  .title {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
    margin-top: 1px;
    color: var(--ink);
    font-size: 1rem;
    font-weight: 650;
    letter-spacing: -0.006em;
    line-height: 1.3;
    overflow-wrap: anywhere;
    text-decoration: none;
  }
  .title:hover {
    text-decoration: underline;
  }
  .title:focus-visible {
    outline-offset: -1px;
  }
  .tools {
    display: flex;
    align-items: center;
    gap: 10px;
    margin-top: 8px;
  }
  .state {
    display: flex;
    flex: 1;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 6px;
    color: var(--quiet);
    font-size: 0.8125rem;
  }
  .buttons {
    display: flex;
    gap: 4px;
    margin-right: -8px;
  }
  sa-download-progress {
    grid-column: 1 / -1;
  }
  sa-download-progress::part(bar) {
    position: absolute;
    inset: auto 0 -2px;
    height: 3px;
    margin: 0;
  }
  @container (min-width: 620px) {
    .row {
      grid-template-columns: 40px minmax(0, 1fr) 168px minmax(84px, max-content);
      grid-template-areas: 'play words state buttons' '. progress progress progress';
      align-items: center;
      column-gap: 16px;
    }
    :host([pictured]) .row {
      grid-template-columns: 64px 40px minmax(0, 1fr) 168px minmax(84px, max-content);
      grid-template-areas:
        'art play words state buttons'
        '. . progress progress progress';
    }
    .art {
      grid-area: art;
    }
    .words {
      grid-area: words;
    }
    .tools {
      display: contents;
    }
    sa-play-button {
      grid-area: play;
    }
    .state {
      grid-area: state;
      justify-content: flex-end;
    }
    .buttons {
      grid-area: buttons;
      justify-content: flex-end;
    }
    sa-download-progress {
      grid-area: progress;
    }
  }
`;
