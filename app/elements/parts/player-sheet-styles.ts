import { css } from 'lit';

/** The player's sheet: all of a phone, a card on a desktop. Comes after `playerStyles`. */
export const playerSheetStyles = css`
  dialog {
    width: 100%;
    max-width: none;
    height: 100%;
    max-height: none;
    margin: 0;
    padding: 0;
    border: 0;
    background: var(--ground);
    color: var(--ink);
    overscroll-behavior: contain;
  }
  dialog::backdrop {
    background: rgb(0 0 0 / 55%);
  }
  dialog[open] {
    animation: rise 0.28s cubic-bezier(0.2, 0.8, 0.2, 1);
  }
  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(40px);
    }
  }
  .sheet {
    display: flex;
    flex-direction: column;
    justify-content: center;
    gap: 24px;
    min-height: 100%;
    max-width: 440px;
    margin: 0 auto;
    padding: 64px 28px calc(28px + env(safe-area-inset-bottom));
  }
  .close {
    position: absolute;
    top: calc(12px + env(safe-area-inset-top));
    left: 16px;
    width: 44px;
    height: 44px;
  }
  .sheet sa-artwork {
    --artwork-radius: 20px;
    width: 100%;
    max-width: 44vh;
    margin: 0 auto;
    box-shadow: var(--shadow);
  }
  .sheet .title {
    font-size: 1.375rem;
    line-height: 1.25;
    overflow-wrap: anywhere;
  }
  .sheet .podcast {
    margin-bottom: 4px;
    color: var(--accent);
    font-size: 0.9375rem;
    font-weight: 600;
  }
  .sheet .controls {
    justify-content: center;
    gap: 20px;
  }
  .sheet .skip {
    width: 56px;
    height: 56px;
  }
  .sheet .skip svg {
    width: 40px;
    height: 40px;
  }
  .sheet .by {
    font-size: 0.6875rem;
  }
  .sheet .toggle {
    width: 76px;
    height: 76px;
  }
  .sheet .toggle svg {
    width: 40px;
    height: 40px;
  }
  .foot {
    display: flex;
    align-items: center;
    justify-content: space-between;
  }
  .foot .speed {
    min-height: 44px;
    padding: 0 12px;
  }
  @media (min-width: 900px) {
    dialog {
      position: fixed;
      inset: 0;
      width: 480px;
      height: fit-content;
      max-height: calc(100vh - 48px);
      margin: auto;
      border-radius: 28px;
    }
    .sheet {
      padding: 56px 40px 32px;
    }
  }
`;
