/**
 * The namespaces that we read, by address, and the prefix that our own code names them with. The
 * feed's prefixes may be anything. Elements of RSS have no namespace, hence no prefix.
 */
const PREFIX_OF_NAMESPACE: ReadonlyMap<string, string> = new Map([
  ['purl.org/rss/1.0', ''],
  ['my.netscape.com/rdf/simple/0.9', ''],
  ['backend.userland.com/rss2', ''],
  ['www.w3.org/1999/02/22-rdf-syntax-ns', 'rdf'],
  ['www.w3.org/2005/atom', 'atom'],
  ['purl.org/atom/ns', 'atom'],
  ['www.itunes.com/dtds/podcast-1.0.dtd', 'itunes'],
  ['podcastindex.org/namespace/1.0', 'podcast'],
  ['github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md', 'podcast'],
  ['purl.org/rss/1.0/modules/content', 'content'],
  ['search.yahoo.com/mrss', 'media'],
  ['purl.org/dc/elements/1.1', 'dc'],
  ['purl.org/dc/terms', 'dc'],
  ['podlove.org/simple-chapters', 'psc'],
]);

const KNOWN_PREFIXES = new Set(PREFIX_OF_NAMESPACE.values());

/** Which prefix means which namespace, at one place of a document. */
export class NamespaceScope {
  private readonly bindings: Map<string, string>;
  private readonly outer: NamespaceScope | undefined;

  constructor(bindings: Map<string, string>, outer: NamespaceScope | undefined) {
    this.bindings = bindings;
    this.outer = outer;
  }

  /** The scope inside an element; the same one where it declares nothing. */
  static inside(
    attributes: Record<string, string>,
    outer: NamespaceScope | undefined,
  ): NamespaceScope | undefined {
    const bindings = new Map<string, string>();
    for (const [name, address] of Object.entries(attributes)) {
      if (name === 'xmlns') bindings.set('', address);
      else if (name.startsWith('xmlns:')) bindings.set(name.slice(6), address);
    }
    return bindings.size > 0 ? new NamespaceScope(bindings, outer) : outer;
  }

  addressOf(prefix: string): string | undefined {
    return this.bindings.get(prefix) ?? this.outer?.addressOf(prefix);
  }
}

/**
 * The name of an element in our own words (`title`, `itunes:image`, `atom:link`), or `undefined`
 * where it belongs to a namespace that we do not read. A well-known prefix that was never declared
 * counts as if it were.
 */
export function ownName(name: string, scope: NamespaceScope | undefined): string | undefined {
  const colon = name.indexOf(':');
  const prefix = colon < 0 ? '' : name.slice(0, colon);
  const local = name.slice(colon + 1);
  const address = scope?.addressOf(prefix);
  const ownPrefix = address ? PREFIX_OF_NAMESPACE.get(normalized(address)) : undeclared(prefix);
  if (ownPrefix === undefined) return undefined;
  return ownPrefix === '' ? local : `${ownPrefix}:${local}`;
}

function undeclared(prefix: string): string | undefined {
  return KNOWN_PREFIXES.has(prefix) ? prefix : undefined;
}

/** Feeds disagree about `http` and `https`, upper and lower case, and a last `/` or `#`. */
function normalized(address: string): string {
  return address
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/[/#]$/, '');
}
