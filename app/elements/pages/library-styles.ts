import { css } from 'lit';

export const libraryStyles = css`
  sa-subscribe-form {
    max-width: 560px;
  }
  .new {
    display: inline-block;
    width: 8px;
    height: 8px;
    margin: 0 7px 1px 0;
    border-radius: 50%;
    background: var(--accent);
  }
  @media (forced-colors: active) {
    .new {
      background: Highlight;
      forced-color-adjust: none;
    }
  }
  /* Whether this is a first visit is known in milliseconds: until then it shows nothing wrong. */
  .reading {
    animation: appear 0.4s 0.2s backwards;
  }
  .grid {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(148px, 42%), 1fr));
    gap: 24px 16px;
    margin-top: 32px;
  }
  .grid a {
    display: block;
    border-radius: 16px;
    color: var(--ink);
    text-decoration: none;
  }
  .grid a:focus-visible {
    border-radius: 16px;
    outline-offset: 4px;
  }
  .grid sa-artwork {
    --artwork-radius: 16px;
    transition: transform 0.2s;
  }
  .grid a:hover .title {
    text-decoration: underline;
    text-decoration-thickness: 1px;
    text-underline-offset: 0.18em;
  }
  .title,
  .author {
    display: -webkit-box;
    overflow: hidden;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow-wrap: anywhere;
  }
  .title {
    margin-top: 10px;
    font-size: 0.9375rem;
    font-weight: 650;
    line-height: 1.3;
  }
  .author {
    -webkit-line-clamp: 1;
    margin-top: 2px;
    color: var(--quiet);
    font-size: 0.8125rem;
    line-height: 1.4;
  }
  .cover {
    aspect-ratio: 1;
    border-radius: 16px;
  }
  .line {
    width: 70%;
    height: 16px;
    margin-top: 12px;
  }
  @media (min-width: 900px) {
    .grid {
      grid-template-columns: repeat(auto-fill, minmax(184px, 1fr));
      gap: 32px 24px;
    }
  }

  .welcome {
    max-width: 520px;
    margin: 4vh auto 0;
    text-align: center;
  }
  .welcome .sailboat {
    margin: 0 auto 28px;
  }
  .welcome .head {
    justify-content: center;
    margin: 0;
  }
  .lead {
    margin: 14px auto 32px;
    color: var(--quiet);
    font-size: 1.0625rem;
    text-wrap: pretty;
  }
  .welcome sa-subscribe-form {
    margin: 0 auto;
    text-align: left;
  }
  .sample {
    display: grid;
    justify-items: center;
    gap: 10px;
    margin-top: 32px;
  }
  .import {
    margin-top: 16px;
    font-size: 0.9375rem;
  }
  .welcome .import {
    margin-top: 28px;
  }
  .welcome ~ sa-outbox-list {
    display: block;
    max-width: 520px;
    margin: auto;
  }
  .from-outside {
    margin-top: 10px;
    font-size: 0.9375rem;
    text-align: left;
  }
  .drop {
    position: fixed;
    z-index: 4;
    inset: 12px;
    display: grid;
    place-items: center;
    border: 2px dashed var(--accent);
    border-radius: 24px;
    background: color-mix(in srgb, var(--tint) 88%, transparent);
    color: var(--accent);
    font-size: 1.1875rem;
    font-weight: 650;
    pointer-events: none;
  }
  @media (min-width: 900px) {
    .welcome {
      margin-top: 8vh;
    }
  }
`;
