import type { WorkerContext } from '../context.ts';

/** A file of the build; one whose name holds a hash of its content has no revision. */
interface BuiltFile {
  url: string;
  revision: string | null;
}

/** Put in by the build; in development there is none, and nothing is stored. */
declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: BuiltFile[] | undefined };

let keys: ReadonlyMap<string, string> | undefined;

/**
 * The files of this version: their addresses, and under which key each is stored. A file with a
 * revision carries it in its key, so that two versions of it lie beside each other.
 */
export function fileKeys(baseUrl: URL): ReadonlyMap<string, string> {
  keys ??= new Map(
    (self.__WB_MANIFEST ?? []).map(({ url, revision }) => {
      const address = new URL(url, baseUrl).href;
      return [address, revision === null ? address : `${address}?revision=${revision}`];
    }),
  );
  return keys;
}

/** Fetches and keeps one of them. Rejects unless it comes as itself: nothing asks again later. */
export async function storeFile(
  { fetch, baseUrl }: WorkerContext,
  cache: Cache,
  [address, key]: [string, string],
): Promise<void> {
  // What the browser's own cache has may be of another version, or a wrong answer that said of itself
  // that it never changes: without asking again, no later deploy with that file would ever install.
  const response = await fetch(address, { cache: 'no-cache' });
  // Some hosts answer for a missing file with index.html and 200. Kept, that would be a script for
  // ever: a hashed file that is stored is never fetched again.
  const asked = address.endsWith('.html');
  if (!response.ok || isHtml(response) !== asked) {
    throw new Error(`${address} answered ${response.status}, which is not that file`);
  }
  // A deploy comes to a host's machines one after the other. Kept, the page of another build would
  // start that one for ever, also when its scripts are gone everywhere.
  if (asked && !(await isOfThisBuild(response.clone(), baseUrl))) {
    throw new Error(`${address} is the page of another build`);
  }
  await cache.put(key, response.redirected ? unredirected(response) : response);
}

/** Whether a page names what is ours, and nothing else; whatever a host adds to it is not looked at. */
async function isOfThisBuild(page: Response, baseUrl: URL): Promise<boolean> {
  const named = (await page.text()).match(/"\.\/assets\/[\w.-]+/g) ?? [];
  const isOurs = (path: string) => fileKeys(baseUrl).has(new URL(path.slice(1), baseUrl).href);
  return named.length > 0 && named.every(isOurs);
}

function isHtml(response: Response): boolean {
  return response.headers.get('content-type')?.startsWith('text/html') ?? false;
}

/** A navigation refuses an answer that came by a redirect (https://fetch.spec.whatwg.org/#concept-http-fetch). */
function unredirected({ body, status, headers }: Response): Response {
  return new Response(body, { status, headers });
}
