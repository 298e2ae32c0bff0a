import { describe, expect, it } from 'vitest';
import { outsideHref } from './outside-address.ts';
import { sanitise } from './sanitise.ts';

function cleaned(html: string): string {
  const host = document.createElement('div');
  host.append(sanitise(html));
  return host.innerHTML;
}

describe('sanitise', () => {
  const hostile: [string, string][] = [
    ['scripts', '<script>alert(1)</script>'],
    ['handlers', '<p onclick="alert(1)" onpointerenter=alert(1)>x</p>'],
    ['script addresses', '<a href="javascript:alert(1)">x</a>'],
    ['disguised script addresses', '<a href="jav&#x09;ascript:alert(1)">x</a>'],
    ['data addresses', '<a href="data:text/html,<script>alert(1)</script>">x</a>'],
    [
      'addresses into the app',
      '<a href="#/settings">x</a><a href="/x">x</a><a href="//evil.example">x</a>',
    ],
    [
      'pictures',
      '<img src="https://tracker.example/p.gif" onerror=alert(1)><picture><source></picture>',
    ],
    ['drawings', '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>'],
    [
      'formulas',
      '<math><mtext><mglyph><style><img src=x onerror=alert(1)></style></mglyph></mtext></math>',
    ],
    ['mutations', '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>'],
    ['styles', '<style>*{display:none}</style><p style="position:fixed">x</p>'],
    [
      'documents',
      '<base href="https://evil.example"><meta http-equiv=refresh content=0><form action=x><input></form>',
    ],
    ['frames', '<iframe src="https://evil.example"></iframe><object data=x></object><embed src=x>'],
    ['clobbering', '<p id="main" name="getElementById">x</p><a id=body name=body>x</a>'],
    [
      'our own elements',
      '<sa-player-bar></sa-player-bar><stowaway-app></stowaway-app><slot name=action></slot>',
    ],
    ['markers', '<!--?lit$123456789$--><p>{{x}}</p><?lit$1$?>'],
    ['data', '<p data-x="1" class="button" part="x" is="x-y">x</p>'],
  ];
  for (const [name, html] of hostile) {
    it(`leaves no ${name}`, () => {
      expect(cleaned(html)).not.toMatch(
        /<(?!\/?(?:p|a|b)>)|javascript|onerror|onclick|href|style|tracker|data-|lit\$/i,
      );
    });
  }

  it('leads links out, says where to, and gives nothing away', () => {
    expect(
      cleaned('<a href="https://example.org/a?b#c" target="_top">https://bank.example</a>'),
    ).toBe(
      '<a href="https://example.org/a?b#c" rel="noopener noreferrer" target="_blank" title="example.org">https://bank.example</a>',
    );
  });

  it('keeps structure, with headings below the page’s own', () => {
    expect(cleaned('<h1>In <em>this</em></h1><ul><li>one</li></ul>')).toBe(
      '<h3>In <em>this</em></h3><ul><li>one</li></ul>',
    );
  });

  it('cuts notes without end', () => {
    expect(cleaned('x'.repeat(10_000_000)).length).toBeLessThanOrEqual(200_000);
  });
});

describe('outsideHref', () => {
  it('passes http and https, and nothing else', () => {
    expect(outsideHref('https://example.org')).toBe('https://example.org/');
    for (const address of [
      'javascript:alert(1)',
      'JaVaScRiPt:x',
      'file:///etc',
      '/x',
      '#x',
      '',
      undefined,
    ]) {
      expect(outsideHref(address)).toBeUndefined();
    }
  });
});
