import type { BrowserContext } from '@playwright/test';

/** The part of the worker's scope that is used here. */
interface WorkerScope {
  registration: ServiceWorkerRegistration;
  dispatchEvent(event: Event): boolean;
  NotificationEvent: new (type: string, init: { notification: Notification | undefined }) => Event;
}

/** As the worker knows them: a page that asks would be a window in sight. */
export async function shownNotifications(
  context: BrowserContext,
): Promise<{ title: string; body: string }[]> {
  const worker = context.serviceWorkers().at(-1);
  const shown = worker?.evaluate(async () => {
    const { registration } = self as unknown as WorkerScope;
    const notifications = await registration.getNotifications();
    return notifications.map(({ title, body }) => ({ title, body }));
  });
  // The browser may have ended it in this moment.
  return (await shown?.catch(() => undefined)) ?? [];
}

/**
 * A press on a notification cannot be automated: the real worker gets the event that one would
 * cause, about the real notification. It is not a person's, so the window may not be focused.
 */
export async function pressNotification(context: BrowserContext): Promise<void> {
  await context
    .serviceWorkers()
    .at(-1)
    ?.evaluate(async () => {
      const scope = self as unknown as WorkerScope;
      const [notification] = await scope.registration.getNotifications();
      scope.dispatchEvent(new scope.NotificationEvent('notificationclick', { notification }));
    });
}
