/*
 * Caches are the origin's, and several apps may live on one, each under its own path: every name
 * holds that path. None holds a version, so an update leaves what was kept alone.
 */

/** The app itself: the files of the installed version, and of those that are still open. */
export function shellCache({ pathname }: URL): string {
  return `stowaway-shell:${pathname}`;
}

/** Artwork that was kept, by the image's own address. */
export function artworkCache({ pathname }: URL): string {
  return `stowaway-artwork:${pathname}`;
}

/** Nothing but room, for rows that must be written when there is none. */
export function reserveCache({ pathname }: URL): string {
  return `stowaway-reserve:${pathname}`;
}

/** Chapters and transcripts, by their own address. */
export function companionCache({ pathname }: URL): string {
  return `stowaway-companions:${pathname}`;
}
