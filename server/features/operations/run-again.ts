import { audit } from '@/server/features/organizations';
import type { Actor } from '@/server/platform/actor';
import { transaction } from '@/server/platform/db';
import { engineConsole } from '@/server/platform/engine-link';
import { Conflict } from '@/server/platform/errors';
import { log } from '@/server/platform/log';
import { assertOperator } from './access';

/** 409: the engine did not start the run. */
class NotRunAgain extends Conflict {
  constructor() {
    super(
      'run_not_started',
      'The run was not restarted: the engine is unavailable, the run no longer exists, or an equal one is in progress.',
    );
  }
}

/**
 * Restarts a failed run of the embedded engine as a new run of the same event. Jobs re-read state,
 * so a run whose work is already done does nothing.
 * @throws Forbidden unless the actor is an operator; NotRunAgain 409.
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
    log.warn({ err: error, runId }, 'The engine did not confirm the restart of a run');
    return null;
  }
}
