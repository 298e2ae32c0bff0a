import { holdBuild } from '../../core/messaging/page-build.ts';

/**
 * Which build this page runs. The build names scripts after their content, so the first script's
 * name stands for all of it: two deploys of one version are told apart, and the same one deployed
 * twice is not.
 */
export class PageBuild {
  /** Resolves when the worker can know that this page needs its build's files. */
  readonly held: Promise<void>;
  private readonly script = firstScript();

  constructor() {
    const scope = new URL('.', document.baseURI).href;
    this.held = holdBuild(navigator.locks, scope, this.script);
  }

  /** Whether a reload would bring this very build. Asks whoever answers navigations: the worker. */
  async isCurrent(): Promise<boolean> {
    try {
      const response = await fetch(new URL('index.html', document.baseURI));
      // Not parsed: Trusted Types keep text from becoming a document. The name holds a digest.
      const name = this.script.slice(this.script.lastIndexOf('/') + 1);
      return (await response.text()).includes(name);
    } catch {
      return false;
    }
  }
}

function firstScript(): string {
  const script = document.querySelector('script[type="module"][src]');
  return script instanceof HTMLScriptElement ? script.src : '';
}
