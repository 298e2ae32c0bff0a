import { safeWebAddress } from './address.ts';
import { singleLine } from './plain-text.ts';

/** One element of a feed that we know, with the children that we know. Names are our own. */
export class XmlElement {
  readonly name: string;
  readonly children: XmlElement[] = [];
  /** As it stands in the document: for show notes this is HTML, untrusted. */
  text = '';
  private readonly attributes: Record<string, string>;
  /** What relative addresses in here are resolved against. */
  private readonly base: string | undefined;

  constructor(name: string, attributes: Record<string, string>, base: string | undefined) {
    this.name = name;
    this.attributes = attributes;
    this.base = base;
  }

  all(name: string): XmlElement[] {
    return this.children.filter((child) => child.name === name);
  }

  first(name: string): XmlElement | undefined {
    return this.children.find((child) => child.name === name);
  }

  /** The first child of this name that says anything, as one line of clean text. */
  line(name: string): string | undefined {
    return firstOf(this.all(name), (child) => singleLine(child.text));
  }

  /** The first text of these names, in the order of the names, that says anything: HTML, untrusted. */
  html(...names: string[]): string | undefined {
    return firstOf(names, (name) =>
      firstOf(this.all(name), (child) => child.text.trim() || undefined),
    );
  }

  /** An attribute as one line of clean text; `undefined` where it is missing or blank. */
  attribute(name: string): string | undefined {
    return singleLine(this.attributes[name]);
  }

  /** The web address in an attribute, made absolute and safe. */
  addressIn(attributeName: string): string | undefined {
    return safeWebAddress(this.attributes[attributeName], this.base);
  }

  /** The web address that is this element's text, made absolute and safe. */
  address(): string | undefined {
    return safeWebAddress(this.text, this.base);
  }
}

/** The first answer that is one. */
export function firstOf<T, R>(
  values: readonly T[],
  read: (value: T) => R | undefined,
): R | undefined {
  for (const value of values) {
    const result = read(value);
    if (result !== undefined) return result;
  }
  return undefined;
}

/** All answers that are one. */
export function eachOf<T, R>(values: readonly T[], read: (value: T) => R | undefined): R[] {
  return values.flatMap((value) => read(value) ?? []);
}
