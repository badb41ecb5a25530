/** Durations of assignments. Both windows end with the task at the latest. */

/** Undo window before an answer is submitted. */
export const UNDO_MS = 10_000;

interface Timed {
  slaSeconds: number;
  expiresAt: Date;
}

const clamp = (value: number, min: number, max: number) => Math.min(max, Math.max(min, value));

/** When an offer expires: after a quarter of the SLA, 20 to 60 seconds. */
export function offeredUntil(now: Date, task: Timed): Date {
  const seconds = clamp(task.slaSeconds / 4, 20, 60);
  return new Date(Math.min(now.getTime() + seconds * 1000, task.expiresAt.getTime()));
}

/** When a started assignment expires: after the SLA, at least two minutes. */
export function activeUntil(now: Date, task: Timed): Date {
  const seconds = Math.max(task.slaSeconds, 120);
  return new Date(Math.min(now.getTime() + seconds * 1000, task.expiresAt.getTime()));
}

/**
 * Shares of the SLA at which a backup is called, and at which existing votes are judged even if
 * somebody is at work.
 */
export const BACKUP_CALL = 0.8;
export const LAST_CALL = 0.95;

/** The instant at which that share of a task's SLA has passed. */
export function afterShare(share: number, { slaSeconds, expiresAt }: Timed): Date {
  return new Date(expiresAt.getTime() - slaSeconds * 1_000 * (1 - share));
}
