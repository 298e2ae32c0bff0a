import { type ConnectionFacts, sparesData } from './connection.ts';

/** What the user wants of networks, and what is known of the one at hand. */
export interface NetworkRules {
  /** The setting: only on networks without data limits. */
  unmeteredOnly: boolean;
  /** `undefined` where the browser does not tell (Firefox, Safari): then nothing is held back. */
  connection: ConnectionFacts | undefined;
}

/**
 * Whether bytes of a download may be fetched now. `anyway`: the user allowed it for this one;
 * `onlyUnmetered`: nobody asked for this one in particular, and its podcast is held to such networks.
 */
export function mayFetch(
  { unmeteredOnly, connection }: NetworkRules,
  { anyway, onlyUnmetered }: { anyway: boolean; onlyUnmetered: boolean },
): boolean {
  return !(unmeteredOnly || onlyUnmetered) || anyway || !sparesData(connection);
}
