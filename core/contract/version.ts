/**
 * The version of the words that page and worker speak. Grows by one whenever an old side would
 * misread a new one; both sides refuse a stranger's version instead of guessing.
 */
export const PROTOCOL = 1;
