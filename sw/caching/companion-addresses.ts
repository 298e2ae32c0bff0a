import type { Episode } from '../../core/model/episode.ts';
import type { TranscriptLink } from '../../core/model/parsed-feed.ts';

/** Formats with times and speakers first: those of the plain ones have to be guessed. */
const PREFERENCE = ['text/vtt', 'application/json', 'application/srt', 'application/x-subrip'];

/** Best first. */
export function rankedTranscripts({ transcripts }: Episode): TranscriptLink[] {
  const rank = (type: string | undefined) => {
    const place = PREFERENCE.indexOf(type ?? '');
    return place < 0 ? PREFERENCE.length : place;
  };
  return [...transcripts].sort((a, b) => rank(a.type) - rank(b.type));
}

/** Chapters and transcripts, in every format. */
export function companionAddresses(episode: Episode): string[] {
  const urls = rankedTranscripts(episode).map(({ url }) => url);
  return episode.chaptersUrl ? [episode.chaptersUrl, ...urls] : urls;
}
