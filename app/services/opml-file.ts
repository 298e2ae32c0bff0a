import type { OpmlPart } from '../../core/contract/requests.ts';
import { decodeFeed } from '../../core/feed/decode.ts';
import {
  type ListedFeed,
  OPML_LIMIT_BYTES,
  OpmlError,
  readOpml,
  writeOpml,
} from '../../core/feed/opml.ts';
import { inListTurn } from '../../core/messaging/list-turn.ts';
import { failed, type Outcome, succeeded } from '../../core/model/failure.ts';
import { listPodcasts } from '../../core/storage/podcasts.ts';
import { saveFile } from '../save-file.ts';
import type { RowReader } from './row-reader.ts';
import type { WorkerLink } from './worker-link.ts';

/** What the contract allows in one message. */
const PART_LENGTH = 500;
/** The main thread has other things to do. */
const READ_MS = 8;

/** Reads a list and hands its addresses to the worker, in parts. */
export async function sendList(
  file: Blob,
  importId: string,
  link: WorkerLink,
): Promise<Outcome<unknown>> {
  if (file.size > OPML_LIMIT_BYTES) {
    return failed({ code: 'opml-too-large', limitBytes: OPML_LIMIT_BYTES });
  }
  try {
    const feeds = await read(file);
    await inListTurn(navigator.locks, document.baseURI, async () => {
      for (let from = 0; from < feeds.length; from += PART_LENGTH) {
        await link.send('opml/import', partOf(feeds, from, importId));
      }
    });
    return succeeded({});
  } catch (error) {
    if (error instanceof OpmlError) return failed(error.failure);
    // The file is gone, or may not be read.
    if (error instanceof DOMException) return failed({ code: 'opml-broken' });
    throw error;
  }
}

async function read(file: Blob): Promise<ListedFeed[]> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const reading = readOpml(decodeFeed(bytes, undefined));
  let since = performance.now();
  for (;;) {
    const { done, value } = reading.next();
    if (done) return value;
    if (performance.now() - since < READ_MS) continue;
    await new Promise((resolve) => setTimeout(resolve));
    since = performance.now();
  }
}

function partOf(feeds: readonly ListedFeed[], from: number, importId: string): OpmlPart {
  const part = feeds.slice(from, from + PART_LENGTH);
  return {
    importId,
    feeds: part.map(({ address, title = null, usable }) => ({ address, title, usable })),
    firstPosition: from,
    isLast: from + PART_LENGTH >= feeds.length,
  };
}

/** Saves every podcast that is subscribed as `stowaway.opml`. Resolves with their number. */
export async function saveList(reader: RowReader): Promise<number> {
  const podcasts = await reader.read(listPodcasts, []);
  podcasts.sort((one, other) => one.title.localeCompare(other.title));
  saveFile('stowaway.opml', 'text/x-opml', writeOpml(podcasts, Date.now()));
  return podcasts.length;
}
