import { isProcessWide } from './server/platform/process-wide';

/**
 * Next calls this once when a server process starts, before it accepts requests. If the doors are
 * in front of Next, they have already started everything else.
 */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  if (isProcessWide('boot')) return;
  const { boot } = await import('./server/boot');
  boot();
}
