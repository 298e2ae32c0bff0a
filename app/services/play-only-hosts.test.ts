import { expect, it } from 'vitest';
import { isPlayOnly } from './play-only-hosts.ts';

const url = 'http://host.example:8080/1.mp3';
const enclosure = { url, type: undefined, sizeBytes: undefined };
const hosts = new Set(['host.example:8080']);

it('goes by the host of the enclosure', () => {
  expect(isPlayOnly({ enclosure, relayTokens: [] }, hosts)).toBe(true);
  expect(isPlayOnly({ enclosure, relayTokens: [] }, new Set(['host.example']))).toBe(false);
  expect(isPlayOnly({ enclosure, relayTokens: [] }, new Set())).toBe(false);
  expect(isPlayOnly({ enclosure: undefined, relayTokens: [] }, hosts)).toBe(false);
});

it('counts on a gateway that relays it', () => {
  expect(isPlayOnly({ enclosure, relayTokens: [[url, 'token']] }, hosts)).toBe(false);
  expect(isPlayOnly({ enclosure, relayTokens: [['https://other', 'token']] }, hosts)).toBe(true);
});
