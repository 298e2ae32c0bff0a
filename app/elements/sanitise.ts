import DOMPurify from 'dompurify';
import { outsideHref } from './outside-address.ts';

/** Notes beyond this are cut: nobody reads on, and cleaning them would hold up the page. */
const LONGEST = 200_000;

/**
 * Turns HTML from a feed into nodes that can do no harm: text, its structure, and links out.
 * Pictures are left out altogether: each would tell its host who reads what and when, and would be
 * missing without a connection.
 */
export function sanitise(untrusted: string): DocumentFragment {
  const fragment = DOMPurify.sanitize(untrusted.slice(0, LONGEST), {
    RETURN_DOM_FRAGMENT: true,
    ALLOWED_TAGS: [
      ...['a', 'abbr', 'b', 'blockquote', 'br', 'code', 'dd', 'dl', 'dt', 'em', 'h1', 'h2', 'h3'],
      ...['h4', 'h5', 'h6', 'hr', 'i', 'li', 'ol', 'p', 'pre', 's', 'strong', 'sub', 'sup', 'u'],
      'ul',
    ],
    ALLOWED_ATTR: ['href'],
    ALLOW_ARIA_ATTR: false,
    ALLOW_DATA_ATTR: false,
    ALLOWED_URI_REGEXP: /^https?:\/\//i,
  });
  for (const link of fragment.querySelectorAll('a')) leadOut(link);
  for (const heading of fragment.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
    // Below the page's own h1 and h2, whatever the notes think of themselves.
    const level = document.createElement('h3');
    level.append(...heading.childNodes);
    heading.replaceWith(level);
  }
  return fragment;
}

function leadOut(link: HTMLAnchorElement): void {
  const address = outsideHref(link.getAttribute('href'));
  if (!address) {
    link.replaceWith(...link.childNodes);
    return;
  }
  link.href = address;
  link.rel = 'noopener noreferrer';
  link.target = '_blank';
  // The text of a link may name another place than the link leads to.
  link.title = new URL(address).host;
}
