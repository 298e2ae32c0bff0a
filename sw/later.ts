import { forgetCompanions, keepCompanions } from './caching/companions.ts';
import { followUp } from './feeds/follow-up.ts';
import { refreshPodcasts } from './feeds/refresh-all.ts';
import { exchangeRelayToken } from './hosts/exchange-relay-token.ts';
import { deliverOutbox } from './outbox/deliver.ts';
import { keepAhead } from './requests/cache-keep.ts';
import { readChapters } from './requests/episode-chapters.ts';
import { readTranscript } from './requests/episode-transcript.ts';
import { markEpisodesSeen } from './requests/episodes-seen.ts';
import { broadcastForInspector } from './requests/inspector-broadcast.ts';
import { hushForInspector } from './requests/inspector-hush.ts';
import { whisperForInspector } from './requests/inspector-whisper.ts';
import { discardOutboxEntry } from './requests/outbox-discard.ts';
import { retryOutboxEntry } from './requests/outbox-retry.ts';
import { followPodcast } from './requests/podcast-follow.ts';
import { refreshPodcast } from './requests/podcast-refresh.ts';
import { subscribeToPodcast } from './requests/podcast-subscribe.ts';
import { unsubscribeFromPodcast } from './requests/podcast-unsubscribe.ts';
import { refreshAllPodcasts } from './requests/podcasts-refresh.ts';

/*
 * The second script of the worker: what few of its starts need. Everything that reads feeds,
 * chapters, transcripts and the gateway's answers is here, more than half of the code. It is loaded
 * by `later-script.ts` when somebody asks for one of these, and works on the same context.
 */

const later = {
  broadcastForInspector,
  deliverOutbox,
  discardOutboxEntry,
  exchangeRelayToken,
  followPodcast,
  followUp,
  forgetCompanions,
  hushForInspector,
  keepAhead,
  keepCompanions,
  markEpisodesSeen,
  readChapters,
  readTranscript,
  refreshAllPodcasts,
  refreshPodcast,
  refreshPodcasts,
  retryOutboxEntry,
  subscribeToPodcast,
  unsubscribeFromPodcast,
  whisperForInspector,
};

export type Later = typeof later;

declare const self: ServiceWorkerGlobalScope & { stowawayLater?: Later };

self.stowawayLater = later;
