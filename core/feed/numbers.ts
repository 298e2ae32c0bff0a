/** A size in bytes. Feeds write 0, 1 or words where they do not know it; 0 and words are dropped. */
export function parseSizeBytes(text: string | undefined): number | undefined {
  const size = parseWholeNumber(text);
  return size === 0 ? undefined : size;
}

/** A season, or an episode where it counts in whole numbers. 0 is one, for a pilot or a prologue. */
export function parseWholeNumber(text: string | undefined): number | undefined {
  return text && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** A number that may have decimals, as bit rates and the episodes of the podcast namespace do. */
export function parseDecimal(text: string | undefined): number | undefined {
  return text && /^\d{1,15}(?:\.\d{1,9})?$/.test(text) ? Number(text) : undefined;
}

/** `itunes:explicit`, in the words of all its editions. */
export function parseExplicit(text: string | undefined): boolean | undefined {
  switch (text?.toLowerCase()) {
    case 'yes':
    case 'true':
    case 'explicit':
      return true;
    case 'no':
    case 'false':
    case 'clean':
      return false;
    default:
      return undefined;
  }
}
