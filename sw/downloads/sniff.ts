/** How many first bytes are enough to judge. */
export const SNIFF_BYTES = 4096;

const TEXT_TYPES = /^(text\/|application\/(json|xhtml|xml|problem)|multipart\/)/i;

/**
 * Whether an answer can be audio or video: not by its type alone, which hosts often get wrong, but
 * never when type or first bytes say that it is a page, a feed or a message. That is what a captive
 * portal or an error page looks like, and it must never become a downloaded episode.
 */
export function canBeMedia(contentType: string, firstBytes: Uint8Array): boolean {
  if (firstBytes.length === 0 || isTextType(contentType)) return false;
  return !looksLikeText(firstBytes);
}

export function isTextType(contentType: string): boolean {
  return TEXT_TYPES.test(contentType);
}

/** Compressed audio holds control bytes early on; text does not. */
function looksLikeText(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d);
}
