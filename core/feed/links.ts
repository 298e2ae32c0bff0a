import { firstOf, type XmlElement } from './xml-element.ts';

/** The address of the first `atom:link` with this relation. One without any means `alternate`. */
export function linkTo(relation: string, element: XmlElement): string | undefined {
  return firstOf(element.all('atom:link'), (link) => {
    const isMeant = (link.attribute('rel') ?? 'alternate').toLowerCase() === relation;
    return isMeant ? link.addressIn('href') : undefined;
  });
}
