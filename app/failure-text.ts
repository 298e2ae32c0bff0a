import type { Failure, FailureCode } from '../core/model/failure.ts';
import { bytes } from './elements/figures.ts';

/**
 * One sentence or two for every failure: what happened, and what can be done. For people, so
 * without protocol words; `{status}` and `{limit}` are filled in from the failure.
 */
const SENTENCES: Record<FailureCode, string> = {
  'address-invalid':
    'That does not look like an address. Copy it from the podcast’s own page; it often ends in .xml or /feed.',
  'address-refused':
    'That address leads into a private network, which Stowaway does not open. Use the podcast’s public address.',
  offline: 'There is no connection. Try again when this device is online.',
  'worker-missing':
    'This window cannot keep podcasts, as some private windows cannot. Open Stowaway in an ordinary window.',
  outdated:
    'This page and what works behind it are of different versions. Reload the page, and try again.',
  'database-blocked': 'Another window of Stowaway holds up the update. Close it, and try again.',
  'gateway-unreachable': 'The Stowaway server does not answer. Try again in a moment.',
  'gateway-refused':
    'The Stowaway server refuses this (error {status}). If this network asks you to sign in, do that and try again.',
  'feed-not-found':
    'There is no podcast at that address (error {status}). Check it for typing mistakes.',
  'feed-denied':
    'The host does not let anyone read this podcast without permission (error {status}). Ask its maker for a public address.',
  'feed-http-status': 'The podcast’s host answered with error {status}. Try again later.',
  'feed-unreachable':
    'The podcast’s host cannot be reached. Check the address, or try again later.',
  'feed-timeout': 'The podcast’s host took too long to answer. Try again later.',
  'feed-redirects':
    'That address keeps sending us on to others. Look for a newer address on the podcast’s own page.',
  'feed-too-large':
    'This podcast’s list of episodes is larger than {limit}, more than Stowaway reads. Ask its maker for a shorter one.',
  'feed-not-a-feed':
    'There is a page at that address, but no podcast. Look on it for a link called “RSS” or “Feed” and use that.',
  'feed-broken':
    'There is a podcast at that address, but its list of episodes is damaged. Its maker has to repair it; try again later.',
  'feed-without-audio':
    'That address lists articles, but no audio. Look for the podcast’s own address.',
  'feed-needs-gateway':
    'This host does not allow other apps to read its podcasts. Use Stowaway with its own server to subscribe.',
  'search-unavailable':
    'The directory of podcasts does not answer just now. Try again in a minute.',
  'search-needs-gateway':
    'Searching all podcasts needs Stowaway’s own server, which is not here. Subscribe by the podcast’s address instead.',
  'opml-not-a-list':
    'That is no list of podcasts. Look in the other app for “Export” or “OPML”, and use the file that it saves.',
  'opml-broken': 'That list is damaged, so nothing was taken from it. Export it once more.',
  'opml-empty': 'There is no podcast in that list. Export it once more from the other app.',
  'opml-too-large':
    'That list is larger than {limit}, more than Stowaway reads. Split it into several files.',
  'opml-too-many':
    'That list has more than {feeds} podcasts, more than Stowaway takes at once. Split it into several files.',
  'enclosure-missing':
    'The podcast names no audio file for this episode. Refresh it later to see whether one was added.',
  'enclosure-not-found':
    'The audio file is not there any more (error {status}). Refresh the podcast and try again.',
  'enclosure-denied':
    'The host does not hand out this file (error {status}). Refresh the podcast and try again.',
  'enclosure-http-status': 'The host answered with error {status}. Try again later.',
  'enclosure-unreachable': 'The host of the audio file cannot be reached. Try again later.',
  'enclosure-refused':
    'The audio file is in a private network, which Stowaway does not open. Only its maker can change that.',
  'enclosure-not-audio':
    'The host sent a web page instead of audio. If this network asks you to sign in, do that and try again.',
  'enclosure-changed':
    'The file kept changing while it was fetched, so nothing was kept of it. Try again later.',
  'enclosure-integrity':
    'The file that the host sends is not the one its maker promises, so nothing was kept of it. Try again later.',
  'play-only':
    'This host does not allow other apps to keep its files. The episode can be played while there is a connection.',
  'no-space': 'There is not enough space left. Delete an episode you have heard, and try again.',
  unexpected:
    'Something went wrong inside Stowaway. Try again; if it comes back, please report it.',
};

const NO_ROOM =
  'It needs {needed} of space while it is fetched, and {free} are free. Delete an episode you have heard, and it goes on by itself.';

export function failureText(failure: Failure): string {
  if (failure.code === 'no-space' && failure.neededBytes && failure.freeBytes !== undefined) {
    const { neededBytes, freeBytes } = failure;
    return NO_ROOM.replace('{needed}', bytes(neededBytes)).replace('{free}', bytes(freeBytes));
  }
  const sentence = SENTENCES[failure.code];
  if ('status' in failure) return sentence.replace('{status}', String(failure.status));
  if ('limitBytes' in failure) return sentence.replace('{limit}', bytes(failure.limitBytes));
  if ('limitFeeds' in failure) {
    return sentence.replace('{feeds}', failure.limitFeeds.toLocaleString('en-GB'));
  }
  return sentence;
}
