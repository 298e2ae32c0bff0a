import { expect, it } from 'vitest';
import type { Failure, FailureCode } from '../core/model/failure.ts';
import { failureText } from './failure-text.ts';

const failures: { [Code in FailureCode]: Extract<Failure, { code: Code }> } = {
  'address-invalid': { code: 'address-invalid' },
  'address-refused': { code: 'address-refused' },
  offline: { code: 'offline' },
  'gateway-unreachable': { code: 'gateway-unreachable' },
  'gateway-refused': { code: 'gateway-refused', status: 403 },
  'feed-not-found': { code: 'feed-not-found', status: 404 },
  'feed-denied': { code: 'feed-denied', status: 403 },
  'feed-http-status': { code: 'feed-http-status', status: 500 },
  'feed-unreachable': { code: 'feed-unreachable' },
  'feed-timeout': { code: 'feed-timeout' },
  'feed-redirects': { code: 'feed-redirects' },
  'feed-too-large': { code: 'feed-too-large', limitBytes: 25e6 },
  'feed-not-a-feed': { code: 'feed-not-a-feed' },
  'feed-broken': { code: 'feed-broken' },
  'feed-without-audio': { code: 'feed-without-audio' },
  'feed-needs-gateway': { code: 'feed-needs-gateway' },
  'search-unavailable': { code: 'search-unavailable' },
  'search-needs-gateway': { code: 'search-needs-gateway' },
  'opml-not-a-list': { code: 'opml-not-a-list' },
  'opml-broken': { code: 'opml-broken' },
  'opml-empty': { code: 'opml-empty' },
  'opml-too-large': { code: 'opml-too-large', limitBytes: 5e6 },
  'opml-too-many': { code: 'opml-too-many', limitFeeds: 5000 },
  'enclosure-missing': { code: 'enclosure-missing' },
  'enclosure-not-found': { code: 'enclosure-not-found', status: 410 },
  'enclosure-denied': { code: 'enclosure-denied', status: 401 },
  'enclosure-http-status': { code: 'enclosure-http-status', status: 418 },
  'enclosure-unreachable': { code: 'enclosure-unreachable' },
  'enclosure-refused': { code: 'enclosure-refused' },
  'enclosure-not-audio': { code: 'enclosure-not-audio' },
  'enclosure-changed': { code: 'enclosure-changed' },
  'enclosure-integrity': { code: 'enclosure-integrity' },
  'play-only': { code: 'play-only' },
  'no-space': { code: 'no-space', neededBytes: 1 },
  outdated: { code: 'outdated' },
  'database-blocked': { code: 'database-blocked' },
  'worker-missing': { code: 'worker-missing' },
  unexpected: { code: 'unexpected', detail: 'SECRET at line 3' },
};

for (const failure of Object.values(failures)) {
  it(`has plain words for ${failure.code}`, () => {
    const text = failureText(failure);
    expect(text).toMatch(/^[A-Z].*\.$/);
    expect(text).not.toMatch(/[{}]|undefined|CORS|HTTP|SECRET/);
  });
}

it('puts in the figures', () => {
  expect(failureText(failures['feed-not-found'])).toContain('404');
  expect(failureText(failures['feed-too-large'])).toContain('25 MB');
  expect(failureText(failures['opml-too-large'])).toContain('5 MB');
  expect(failureText(failures['opml-too-many'])).toContain('5,000');
});
