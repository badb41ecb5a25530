import type { Mode } from '@/server/platform/actor';
import type { Severity } from './attention-facts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;

export const plural = (count: number, one: string, many: string) => (count === 1 ? one : many);
export const leftMs = (due: Date | null | undefined, now: Date) =>
  due ? due.getTime() - now.getTime() : Number.POSITIVE_INFINITY;
export const ageMs = (since: Date | null, now: Date) =>
  since ? now.getTime() - since.getTime() : 0;

/** In test mode nothing real is at stake, so severity is at most `soon`. */
export function weighed(severity: Severity, mode: Mode): Severity {
  if (mode === 'live') return severity;
  return severity === 'urgent' ? 'soon' : 'waits';
}

export function byTime(left: number, urgentMs: number, soonMs: number): Severity {
  if (left <= urgentMs) return 'urgent';
  return left <= soonMs ? 'soon' : 'waits';
}
