import type { Imports } from '../contexts.ts';
import { destinationOf } from '../launch.ts';
import { href } from '../router.ts';

/** https://wicg.github.io/web-app-launch/; missing in Firefox and Safari. */
interface LaunchParams {
  readonly targetURL?: string | null;
  readonly files?: readonly { getFile(): Promise<File> }[];
}

declare global {
  interface Window {
    readonly launchQueue?: { setConsumer(consumer: (params: LaunchParams) => void): void };
  }
}

/**
 * Goes where the address says that this page was opened with. Its query is no route of ours: it is
 * read once, and goes, so that a reload does not do it again. Before the app is there: it begins
 * on the right page.
 */
export function enter(): void {
  history.replaceState(null, '', `${location.pathname}${destinationOf(location.href) ?? ''}`);
}

/**
 * Launches that reach a window that is open already: a shared link, a shortcut, a file. The browser
 * brings the window forward (`launch_handler`), and leaves the rest to us. The launch that opened this
 * window, at `openedAt`, is announced as well: only its file is new.
 */
export function followLaunches(imports: Imports, openedAt: string): void {
  let opener: string | undefined = openedAt;
  window.launchQueue?.setConsumer(({ targetURL, files }) => {
    const isOpener = targetURL === opener;
    opener = undefined;
    const target = isOpener ? undefined : (targetURL ?? undefined);
    follow(files?.[0], target, imports).catch((error) =>
      console.warn('a launch came to nothing', error),
    );
  });
}

async function follow(
  file: { getFile(): Promise<File> } | undefined,
  targetUrl: string | undefined,
  imports: Imports,
): Promise<void> {
  if (file) {
    location.hash = href({ page: 'import' });
    return imports.fromFile(await file.getFile());
  }
  if (targetUrl === undefined) return;
  const hash = destinationOf(targetUrl);
  if (hash !== undefined) location.hash = hash;
}
