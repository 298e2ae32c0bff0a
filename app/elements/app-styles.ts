import { css } from 'lit';

export const appStyles = css`
  :host {
    display: block;
    min-height: 100vh;
    min-height: 100dvh;
    --player-height: 0px;
  }
  :host([playing]) {
    --player-height: 84px;
  }
  .skip {
    position: fixed;
    z-index: 4;
    top: 8px;
    left: 8px;
    padding: 10px 16px;
    border-radius: 12px;
    background: var(--accent);
    color: var(--on-accent);
    font-weight: 600;
    transform: translateY(-200%);
  }
  .skip:focus {
    transform: none;
  }
  main {
    padding-top: env(safe-area-inset-top);
    /* Room for one banner: the end of a page can be brought up from under it. */
    padding-bottom: calc(
      var(--nav-height) + var(--player-height) + 72px + env(safe-area-inset-bottom)
    );
  }
  main:focus {
    outline: none;
  }
  sa-nav {
    position: fixed;
    z-index: 3;
    right: 0;
    bottom: 0;
    left: 0;
  }
  .bottom {
    position: fixed;
    z-index: 2;
    right: 0;
    bottom: calc(var(--nav-height) + env(safe-area-inset-bottom));
    left: 0;
    pointer-events: none;
  }
  /* What scrolls below a floating player fades, instead of peeping out under it. */
  :host([playing]) .bottom {
    background: linear-gradient(transparent, var(--ground) 65%);
  }
  .bottom > :not(sa-banners) {
    pointer-events: auto;
  }
  .announcement {
    display: flex;
    align-items: center;
    gap: 8px;
    max-width: 560px;
    margin: 0 auto 8px;
    width: calc(100% - 16px);
    padding: 10px 8px 10px 18px;
    border-radius: 18px;
    background: var(--ink);
    color: var(--ground);
    font-size: 0.9375rem;
    line-height: 1.4;
    box-shadow: var(--shadow);
  }
  .announcement p {
    flex: 1;
  }
  .announcement .round {
    color: inherit;
  }
  .announcement .round:hover {
    background: rgb(127 127 127 / 30%);
  }
  @media (min-width: 900px) {
    :host {
      padding-left: 232px;
    }
    :host([playing]) {
      --player-height: 104px;
    }
    sa-nav {
      top: 0;
      right: auto;
      width: 232px;
      border-right: 1px solid var(--line);
    }
    .bottom {
      left: 232px;
    }
  }
`;
