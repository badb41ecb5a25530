/** A notification of the system: shown by the service worker where there is one, as phones need. */
export async function showDesktopNotice(notice: {
  id: string;
  title: string;
  body: string;
  url: string;
}): Promise<void> {
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  const options: NotificationOptions = {
    body: notice.body,
    // One a offer, however many tabs are open.
    tag: `offer-${notice.id}`,
    icon: '/icons/icon-192.png',
    data: { url: notice.url },
  };
  const registration = await navigator.serviceWorker?.getRegistration('/work');
  if (registration?.active) {
    await registration.showNotification(notice.title, options);
    return;
  }
  const shown = new Notification(notice.title, options);
  shown.onclick = () => {
    window.focus();
    window.location.assign(notice.url);
  };
}

/**
 * Does something in one of this browser's open tabs, the one in focus if any is, and in none twice.
 * Without locks each tab does it, which a notification's tag makes one again.
 */
export async function inOneTab(name: string, run: () => Promise<void>): Promise<void> {
  if (!navigator.locks) return run();
  if (!document.hasFocus()) await pause(HEAD_START_MS);
  await navigator.locks.request(`humanrail:${name}`, { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    await run();
    await pause(HELD_MS);
  });
}

/** How long the tab in focus has before the others try. */
const HEAD_START_MS = 250;
/** Until then every tab has heard of it. */
const HELD_MS = 5_000;

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
