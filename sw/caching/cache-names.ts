/** Artwork that was kept, by podcast or episode id. Not versioned: an update leaves it alone. */
export const ARTWORK_CACHE = 'stowaway-artwork';

/** The app itself: hashed files of the installed versions, kept by Workbox's precache. */
export const SHELL_CACHE = 'stowaway-shell';

/** Chapters and transcripts, by their own address. */
export const COMPANION_CACHE = 'stowaway-companions';
