/*
 * A browser that evicts takes every row at once, and with them the knowledge that there were any. A
 * cookie is kept elsewhere, and survives.
 */

const NAME = 'stowaway-library';
const ONE_YEAR_S = 365 * 24 * 60 * 60;

/** Whether podcasts were on this device when somebody last looked. */
export function hadLibrary(): boolean {
  return document.cookie.split('; ').includes(`${NAME}=1`);
}

export function rememberLibrary(exists: boolean): void {
  const ageS = exists ? ONE_YEAR_S : 0;
  const path = new URL('.', document.baseURI).pathname;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Safari.
  document.cookie = `${NAME}=1; max-age=${ageS}; path=${path}; samesite=strict`;
}
