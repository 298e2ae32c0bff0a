/**
 * The version of the words that page and worker speak. Grows by one whenever an old side would
 * misread a new one; both sides refuse a stranger's version instead of guessing.
 */
export const PROTOCOL = typeof __APP_PROTOCOL__ === 'number' ? __APP_PROTOCOL__ : 1;

/** Put in by builds that stand for another version in tests, see vite.config.ts; else there is none. */
declare const __APP_PROTOCOL__: number | undefined;
