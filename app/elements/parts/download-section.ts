import { html, nothing, type TemplateResult } from 'lit';
import type { Episode } from '../../../core/model/episode.ts';
import type { PodcastId } from '../../../core/model/ids.ts';
import type { Podcast } from '../../../core/model/podcast.ts';
import { amount, type Shown } from './download-groups.ts';
import './episode-list.ts';

interface Section {
  heading: string;
  shown: readonly Shown[];
  podcasts: ReadonlyMap<PodcastId, Podcast> | undefined;
  /** Beside the heading. */
  tools: unknown;
  numbered?: boolean;
  lead?: ((episode: Episode) => unknown) | undefined;
  fill?: ((episode: Episode) => unknown) | undefined;
}

/** One group of the Downloads page: its heading, what it takes, its tools, its episodes. */
export function renderDownloadSection({
  heading,
  shown,
  podcasts,
  tools,
  numbered = false,
  lead,
  fill,
}: Section): TemplateResult | typeof nothing {
  if (shown.length === 0) return nothing;
  return html`<section aria-label=${heading}>
    <div class="line">
      <h2>${heading}</h2>
      <p class="amount figures">${amount(shown)}</p>
      <div class="tools">${tools}</div>
    </div>
    <sa-episode-list
      .episodes=${shown.map(({ episode }) => episode)}
      .podcasts=${podcasts}
      .numbered=${numbered}
      .lead=${lead}
      .fill=${fill}
    ></sa-episode-list>
  </section>`;
}
