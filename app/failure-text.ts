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
  'play-only':
    'This host does not allow other apps to keep its files. The episode can be played while there is a connection.',
  'no-space': 'There is not enough space left. Delete an episode you have heard, and try again.',
  unexpected:
    'Something went wrong inside Stowaway. Try again; if it comes back, please report it.',
};

export function failureText(failure: Failure): string {
  const sentence = SENTENCES[failure.code];
  if ('status' in failure) return sentence.replace('{status}', String(failure.status));
  if ('limitBytes' in failure) return sentence.replace('{limit}', bytes(failure.limitBytes));
  return sentence;
}
