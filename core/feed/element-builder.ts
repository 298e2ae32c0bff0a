import type { SaxTag } from 'sax';
import { safeWebAddress } from './address.ts';
import { FeedError } from './feed-error.ts';
import { escapeHtml } from './plain-text.ts';
import { CONTAINERS, EPISODES, LINES, MARKUP, ROOTS, VOID_HTML } from './vocabulary.ts';
import { XmlElement } from './xml-element.ts';
import { NamespaceScope, ownName } from './xml-namespaces.ts';

/** XHTML in show notes is the deepest that is meant; every level costs at each closing tag. */
const MAX_DEPTH = 100;
const MAX_ATTRIBUTES = 250;
/** Elements kept of one episode, or of the podcast itself. What follows is not read. */
const MAX_ELEMENTS = 5000;
/** Characters of one element's text. Longer show notes are cut. */
const MAX_TEXT_LENGTH = 1024 * 1024;

/** What an element that is open means for what is found in it. */
interface OpenElement {
  /** Gets the text. */
  text: XmlElement | undefined;
  /** Gets the child elements that we know; `undefined` where all is skipped. */
  container: XmlElement | undefined;
  /** Elements in here are part of the text, as HTML. `escaped`: so is the text, for it is XHTML. */
  markup: 'none' | 'raw' | 'escaped';
  /** Ends the element in the text that it is part of. */
  closingTag: string;
  /** An episode that is complete when this element ends. */
  episode: XmlElement | undefined;
  /** Shared by all that is inside of one episode. */
  budget: { elementsLeft: number };
  namespaces: NamespaceScope | undefined;
  base: string | undefined;
}

/** Builds the elements of one feed from the events of a parser, within limits. */
export class ElementBuilder {
  private readonly base: string | undefined;
  private readonly onEpisode: (episode: XmlElement) => void;
  private readonly openElements: OpenElement[] = [];
  private root: XmlElement | undefined;
  private attributes = 0;

  constructor(base: string | undefined, onEpisode: (episode: XmlElement) => void) {
    this.base = base;
    this.onEpisode = onEpisode;
  }

  finish(): XmlElement {
    if (!this.root) throw new FeedError('feed-not-a-feed', 'There is no XML element in it');
    if (this.openElements.length > 0) {
      throw new FeedError('feed-broken', `It ends before its <${this.root.name}> does`);
    }
    return this.root;
  }

  /** Each attribute of the tag that is about to open. */
  countAttribute(): void {
    this.attributes += 1;
    if (this.attributes > MAX_ATTRIBUTES) {
      throw new FeedError('feed-broken', 'An element has too many attributes');
    }
  }

  open(tag: SaxTag): void {
    this.attributes = 0;
    if (this.openElements.length >= MAX_DEPTH) {
      throw new FeedError('feed-broken', 'Its elements are nested too deeply');
    }
    const parent = this.openElements.at(-1);
    this.openElements.push(parent ? this.openInside(parent, tag) : this.openRoot(tag));
  }

  close(): void {
    const closed = this.openElements.pop();
    if (!closed) return;
    if (closed.closingTag !== '') append(closed.text, closed.closingTag);
    this.handOver(closed);
  }

  addText(text: string): void {
    const parent = this.openElements.at(-1);
    append(parent?.text, parent?.markup === 'escaped' ? escapeHtml(text) : text);
  }

  private openRoot({ name, attributes }: SaxTag): OpenElement {
    const { xmlns, ...others } = attributes;
    // RSS has no namespace. Feeds that give it a default one anyway give it any, Atom's included.
    const namespaces = NamespaceScope.inside(name === 'rss' ? others : attributes, undefined);
    const rootName = name === 'feed' && !xmlns ? 'atom:feed' : ownName(name, namespaces);
    if (!rootName || !ROOTS.has(rootName)) {
      throw new FeedError('feed-not-a-feed', `Its root is <${name.slice(0, 100)}>`);
    }
    const base = innerBase(attributes, this.base);
    this.root = new XmlElement(rootName, attributes, base);
    return openContainer(this.root, { namespaces, base });
  }

  private openInside(parent: OpenElement, tag: SaxTag): OpenElement {
    if (parent.markup !== 'none') return openMarkup(parent, tag);
    const inside: OpenElement = { ...parent, closingTag: '', episode: undefined };
    if (!parent.container) return inside;
    inside.namespaces = NamespaceScope.inside(tag.attributes, parent.namespaces);
    inside.base = innerBase(tag.attributes, parent.base);
    const name = this.nameOf(tag, inside.namespaces);
    if (name && EPISODES.has(name)) return this.openEpisode(name, tag, inside);
    if (!name || !isKnown(name)) {
      // Markup in a line of text: its text is part of the line. Elsewhere all of it is skipped.
      return parent.text ? inside : { ...inside, container: undefined };
    }
    parent.budget.elementsLeft -= 1;
    if (parent.budget.elementsLeft < 0) return { ...inside, text: undefined, container: undefined };
    const element = new XmlElement(name, tag.attributes, inside.base);
    // Also where the parent is a line of text: one that holds an element was never closed.
    parent.container.children.push(element);
    if (CONTAINERS.has(name)) return { ...inside, text: undefined, container: element };
    return { ...inside, text: element, markup: markupOf(element) };
  }

  private openEpisode(name: string, tag: SaxTag, inside: OpenElement): OpenElement {
    // An episode in an episode: the outer one was never closed, so here is where it ends.
    for (const outer of this.openElements) this.handOver(outer);
    const episode = new XmlElement(name, tag.attributes, inside.base);
    return { ...openContainer(episode, inside), episode };
  }

  private handOver(element: OpenElement): void {
    const { episode } = element;
    if (!episode) return;
    element.episode = undefined;
    this.onEpisode(episode);
  }

  private nameOf({ name }: SaxTag, namespaces: NamespaceScope | undefined): string | undefined {
    const own = ownName(name, namespaces);
    // An Atom feed that declares no namespace at all.
    return own === name && this.root?.name === 'atom:feed' && !name.includes(':')
      ? `atom:${name}`
      : own;
  }
}

function isKnown(name: string): boolean {
  return CONTAINERS.has(name) || LINES.has(name) || MARKUP.has(name);
}

function openContainer(
  container: XmlElement,
  { namespaces, base }: Pick<OpenElement, 'namespaces' | 'base'>,
): OpenElement {
  return {
    text: undefined,
    container,
    markup: 'none',
    closingTag: '',
    episode: undefined,
    budget: { elementsLeft: MAX_ELEMENTS },
    namespaces,
    base,
  };
}

function openMarkup(parent: OpenElement, { name, attributes }: SaxTag): OpenElement {
  const htmlName = name.slice(name.indexOf(':') + 1);
  const pairs = Object.entries(attributes).filter(([key]) => !key.startsWith('xmlns'));
  const inTag = pairs.map(([key, value]) => ` ${key}="${escapeHtml(value)}"`).join('');
  append(parent.text, `<${htmlName}${inTag}>`);
  const closingTag = VOID_HTML.has(htmlName) ? '' : `</${htmlName}>`;
  return { ...parent, closingTag, episode: undefined };
}

function markupOf(element: XmlElement): OpenElement['markup'] {
  if (!MARKUP.has(element.name)) return 'none';
  return element.attribute('type') === 'xhtml' ? 'escaped' : 'raw';
}

function innerBase(attributes: Record<string, string>, outer: string | undefined) {
  return safeWebAddress(attributes['xml:base'], outer) ?? outer;
}

function append(element: XmlElement | undefined, text: string): void {
  if (!element) return;
  const room = MAX_TEXT_LENGTH - element.text.length;
  if (room > 0) element.text += text.length > room ? text.slice(0, room) : text;
}
