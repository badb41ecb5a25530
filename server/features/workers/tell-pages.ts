import type { Mode } from '@/server/platform/actor';
import type { Tx } from '@/server/platform/db';
import { newId } from '@/server/platform/ids';
import { enqueue } from '@/server/platform/outbox';

/** Notifies the worker's open pages of a change to the worker, perhaps from another tab. */
export async function tellPages(
  tx: Tx,
  workers: readonly { id: string; mode: Mode }[],
): Promise<void> {
  await enqueue(
    tx,
    workers.map(({ id, mode }) => ({
      topic: 'worker.changed',
      key: `worker.changed:${newId()}`,
      data: { workerId: id },
      live: { type: 'worker.changed', mode, workerId: id },
    })),
  );
}
