/**
 * Makes an address that came from outside safe for `href`: absolute, http or https, or nothing.
 * Every such address goes through here. Relative ones are dropped, as they would lead into the app.
 */
export function outsideHref(address: string | undefined | null): string | undefined {
  if (!address || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined;
}
