/** How long an assignment lasts. Both windows end with the task at the latest. */

/** How long a worker may take an answer back before it is handed in. */
export const UNDO_MS = 10_000;

interface Timed {
  slaSeconds: number;
  expiresAt: Date;
}

const clamp = (value: number, min: number, max: number) => Math.min(max, Math.max(min, value));

/** Until when an offer waits for its worker to start: a quarter of the SLA, 20 to 60 seconds. */
export function offeredUntil(now: Date, task: Timed): Date {
  const seconds = clamp(task.slaSeconds / 4, 20, 60);
  return new Date(Math.min(now.getTime() + seconds * 1000, task.expiresAt.getTime()));
}

/** Until when a worker who has started may answer: the SLA once over, at least two minutes. */
export function activeUntil(now: Date, task: Timed): Date {
  const seconds = Math.max(task.slaSeconds, 120);
  return new Date(Math.min(now.getTime() + seconds * 1000, task.expiresAt.getTime()));
}

/** Shares of the SLA after which a backup is called, and after which votes in hand are judged though somebody may be at work. */
export const BACKUP_CALL = 0.8;
export const LAST_CALL = 0.95;

/** The instant at which that share of a task's SLA is over. */
export function afterShare(share: number, { slaSeconds, expiresAt }: Timed): Date {
  return new Date(expiresAt.getTime() - slaSeconds * 1_000 * (1 - share));
}
