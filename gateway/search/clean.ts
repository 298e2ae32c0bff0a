import { MAX_URL_LENGTH } from '../../core/api/feed-request.ts';
import { MAX_DESCRIPTION_LENGTH, MAX_FOUND, MAX_TITLE_LENGTH } from '../../core/api/search.ts';
import { safeWebAddress } from '../../core/feed/address.ts';
import { htmlToText, singleLine } from '../../core/feed/plain-text.ts';
import { secureAddress } from '../../core/feed/secure-address.ts';
import type { FoundPodcast } from '../../core/model/directory-search.ts';
import { type AddressPolicy, isAllowedUrl } from '../guard/addresses.ts';
import type { Candidate } from './directory.ts';

/** An honest directory sends 50; one that sends a million is not read to its end. */
const MAX_CANDIDATES = 500;

/**
 * What a directory said, as it may be passed on: plain text of a certain length, addresses that this
 * gateway would fetch itself, each podcast once. What cannot be made so is left out.
 */
export function cleanAnswer(
  candidates: Iterable<Candidate>,
  policy: AddressPolicy,
): FoundPodcast[] {
  const found = new Map<string, FoundPodcast>();
  let looked = 0;
  for (const candidate of candidates) {
    looked += 1;
    if (looked > MAX_CANDIDATES || found.size >= MAX_FOUND) break;
    const podcast = clean(candidate, policy);
    if (podcast && !found.has(podcast.feedUrl)) found.set(podcast.feedUrl, podcast);
  }
  return [...found.values()];
}

function clean(candidate: Candidate, policy: AddressPolicy): FoundPodcast | undefined {
  const title = plain(candidate.title, MAX_TITLE_LENGTH);
  const feedUrl = publicAddress(candidate.feedUrl, policy);
  if (!title || !feedUrl) return undefined;
  const image = publicAddress(candidate.imageUrl, policy);
  return {
    title,
    author: plain(candidate.author, MAX_TITLE_LENGTH),
    feedUrl,
    imageUrl: image && secureAddress(image),
    description: plain(candidate.description, MAX_DESCRIPTION_LENGTH),
    episodeCount: count(candidate.episodeCount),
  };
}

function plain(text: string | undefined, maxLength: number): string | undefined {
  // Tags may take more room than what they enclose; nobody needs all of a megabyte for one line.
  return text && singleLine(htmlToText(text.slice(0, 20 * maxLength)), maxLength);
}

function publicAddress(text: string | undefined, policy: AddressPolicy): string | undefined {
  const address = safeWebAddress(text);
  if (!address) return undefined;
  const url = new URL(address);
  url.hash = '';
  const isUsable = url.href.length <= MAX_URL_LENGTH && isAllowedUrl(url, policy);
  return isUsable ? url.href : undefined;
}

function count(episodes: number | undefined): number | undefined {
  const isCount = episodes !== undefined && Number.isSafeInteger(episodes) && episodes >= 0;
  return isCount ? episodes : undefined;
}
