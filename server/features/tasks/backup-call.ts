import { processWide } from '@/server/platform/process-wide';

type Caller = (taskId: string) => Promise<readonly string[]>;

const registered = () =>
  processWide('backup-caller', (): { call: Caller | null } => ({ call: null }));

/** Routing, which stands above this feature, says how a backup is called; it returns the assignments made. */
export function onBackupCall(call: Caller): void {
  registered().call = call;
}

/** Has a task offered to one more worker. @returns whether anybody was found. */
export async function callForBackup(taskId: string): Promise<boolean> {
  const made = await registered().call?.(taskId);
  return made !== undefined && made.length > 0;
}
