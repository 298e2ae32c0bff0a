import type { Tools } from '../services/inspection/technique.ts';

export const title = 'Show a notification';
export const explanation =
  'Shown by the registration, so a click reaches the worker as notificationclick and brings the app forward.';
export const docs = 'notifications';

export function missing({ showNotification }: ServiceWorkerRegistration): string | undefined {
  const known = 'Notification' in globalThis && showNotification;
  return known ? undefined : 'This browser shows no notifications for this window.';
}

export async function run({ registration }: Tools): Promise<string> {
  const permission = await Notification.requestPermission();
  if (permission !== 'granted') return `Not shown: the permission is ${permission}.`;
  await registration.showNotification('Stowaway', {
    body: 'Click me: the worker brings the app forward.',
    tag: 'inspector',
    icon: 'icons/pwa-192.png',
  });
  return 'Shown. Click it.';
}
