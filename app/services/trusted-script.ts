import type { Workbox } from 'workbox-window';
import indexWorker from './library-search/index-worker.ts?worker&url';

/** The service worker. */
export const SERVICE_WORKER = new URL(
  import.meta.env.DEV ? 'dev-sw.js?dev-sw' : 'sw.js',
  document.baseURI,
).href;
/** The dedicated worker that searches the library. */
export const INDEX_WORKER = new URL(indexWorker, document.baseURI).href;

/** Trusted Types are not in TypeScript's own library; Workbox declares the type. */
type ScriptUrl = ConstructorParameters<typeof Workbox>[0];

/** The one policy of our own, made once in a document: it makes exactly two addresses into scripts. */
const policy = window.trustedTypes?.createPolicy('stowaway-worker', {
  createScriptURL: (url) => {
    if (url !== SERVICE_WORKER && url !== INDEX_WORKER) {
      throw new TypeError('only the workers are scripts');
    }
    return url;
  },
});

export function trustedScript(address: string): ScriptUrl {
  // The same type by another declaration.
  return (policy?.createScriptURL(address) ?? address) as ScriptUrl;
}
