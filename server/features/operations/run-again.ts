import { audit } from '@/server/features/organizations';
import type { Actor } from '@/server/platform/actor';
import { transaction } from '@/server/platform/db';
import { engineConsole } from '@/server/platform/engine-link';
import { Conflict } from '@/server/platform/errors';
import { log } from '@/server/platform/log';
import { assertOperator } from './access';

/** 409: the engine starts no such run. */
class NotRunAgain extends Conflict {
  constructor() {
    super(
      'run_not_started',
      'The engine did not start it again: it is away, or the run is gone, or one like it is under way.',
    );
  }
}

/**
 * Starts a failed run of the embedded engine again, as a new one on the same event. Jobs read the
 * world again, so one whose work is done meanwhile does nothing.
 * @throws Forbidden for anybody but operators; NotRunAgain 409.
 */
export async function runAgain(
  actor: Actor,
  { runId }: { runId: string },
): Promise<{ id: string }> {
  assertOperator(actor);
  const id = await askEngine(runId);
  if (id === null) throw new NotRunAgain();
  await transaction((tx) =>
    audit(tx, actor, 'engine.run_started_again', `run:${runId}`, { as: id }),
  );
  return { id };
}

async function askEngine(runId: string): Promise<string | null> {
  try {
    return (await engineConsole()?.runAgain(runId)) ?? null;
  } catch (error) {
    log.warn({ err: error, runId }, 'The engine did not say whether it started a run again');
    return null;
  }
}
