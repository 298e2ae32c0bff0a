import axe from 'axe-core';

/** What axe finds wrong inside `element`, one line each. Shadow roots are looked into. */
export async function violationsIn(element: Element): Promise<string[]> {
  // Half-faded text has no contrast; what is judged is what stays.
  for (const root of rootsIn(document)) {
    for (const animation of root.getAnimations()) {
      if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish();
    }
  }
  const isWholeApp = element.localName === 'stowaway-app';
  const { violations } = await axe.run(element, {
    // Landmarks are the app's business, not those of a page or a part alone on a test page.
    rules: { region: { enabled: isWholeApp } },
  });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')} ${failureSummary ?? ''}`),
  );
}

/** A root and all shadow roots in it. */
function* rootsIn(root: Document | ShadowRoot): Generator<Document | ShadowRoot> {
  yield root;
  for (const { shadowRoot } of root.querySelectorAll('*')) {
    if (shadowRoot) yield* rootsIn(shadowRoot);
  }
}
