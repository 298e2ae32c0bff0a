/** What the Network Information API says of a connection; nothing at all in Firefox and Safari. */
export interface ConnectionFacts {
  readonly saveData?: boolean | undefined;
  readonly type?: string | undefined;
}

/**
 * Whether nothing should be fetched that nobody has asked for: the user said so (Save-Data), or the
 * way out is a mobile network, which is likely to be paid by the byte.
 */
export function sparesData(connection: ConnectionFacts | undefined): boolean {
  return connection?.saveData === true || connection?.type === 'cellular';
}
