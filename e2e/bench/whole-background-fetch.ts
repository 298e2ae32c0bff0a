import type { Episode, MeasuredApp } from './measured-app.ts';

/** Chromium's own: it is in no TypeScript library. */
interface Manager {
  fetch(id: string, requests: string[]): Promise<Registration>;
}

interface Registration extends EventTarget {
  result: '' | 'success' | 'failure';
  failureReason: string;
}

/** One Background Fetch with one request for everything, as the platform's examples have it; in ms. */
export function wholeBackgroundFetch(measured: MeasuredApp, episode: Episode): Promise<number> {
  // As the Inspector's are named: the app's own worker leaves it alone.
  const id = 'inspector:whole';
  const url = measured.addressOf(episode);
  return measured.page.evaluate(
    async ([id, url]) => {
      const ready = (await navigator.serviceWorker.ready) as ServiceWorkerRegistration & {
        backgroundFetch?: Manager;
      };
      const startedAt = performance.now();
      const registration = await ready.backgroundFetch?.fetch(id, [url]);
      if (!registration) throw new Error('no Background Fetch here');
      while (registration.result === '') {
        await new Promise((resolve) => registration.addEventListener('progress', resolve));
      }
      if (registration.result === 'failure') throw new Error(registration.failureReason);
      return performance.now() - startedAt;
    },
    [id, url] as const,
  );
}
