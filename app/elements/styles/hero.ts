import { css } from 'lit';

/** The top of a podcast's or an episode's page: the picture, large, in front of its own light. */
export const hero = css`
  .hero {
    position: relative;
    display: grid;
    justify-items: center;
    gap: 20px;
    text-align: center;
  }
  .glow {
    position: absolute;
    z-index: -1;
    inset: -120px calc(-1 * var(--page-x)) -20px;
    overflow: hidden;
    opacity: 0.35;
    pointer-events: none;
    mask-image: linear-gradient(#000 40%, transparent);
  }
  .glow sa-artwork {
    --artwork-radius: 0;
    width: 100%;
    filter: blur(48px) saturate(1.4);
    transform: scale(1.2);
  }
  .hero > .cover {
    --artwork-radius: 20px;
    width: min(224px, 56vw);
    box-shadow: var(--shadow);
    border-radius: 20px;
  }
  .hero .words {
    min-width: 0;
    width: 100%;
  }
  .hero h1 {
    min-height: 1.12em;
  }
  .hero .by {
    min-height: 1.5em;
    margin-top: 8px;
    color: var(--quiet);
    overflow-wrap: anywhere;
  }
  .hero .actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 12px;
    margin-top: 20px;
  }
  @media (min-width: 900px) {
    .glow {
      mask-image:
        linear-gradient(#000 40%, transparent),
        linear-gradient(90deg, transparent, #000 22%, #000 78%, transparent);
      mask-composite: intersect;
    }
    .hero {
      grid-template-columns: 260px minmax(0, 1fr);
      align-items: end;
      justify-items: start;
      gap: 36px;
      text-align: left;
    }
    .hero > .cover {
      width: 260px;
    }
    .hero .actions {
      justify-content: flex-start;
    }
  }
`;
