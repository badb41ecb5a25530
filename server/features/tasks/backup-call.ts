import { processWide } from '@/server/platform/process-wide';

type Caller = (taskId: string) => Promise<readonly string[]>;

const registered = () =>
  processWide('backup-caller', (): { call: Caller | null } => ({ call: null }));

/**
 * Registers how to call a backup; provided by routing, which depends on this feature. Returns the
 * assignments created.
 */
export function onBackupCall(call: Caller): void {
  registered().call = call;
}

/** Offers a task to one more worker. @returns whether one was found. */
export async function callForBackup(taskId: string): Promise<boolean> {
  const made = await registered().call?.(taskId);
  return made !== undefined && made.length > 0;
}
