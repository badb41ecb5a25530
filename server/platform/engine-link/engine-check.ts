import { type EngineState, findEngineLink } from './engine-link';

/** The engine's state for `/readyz` and operators. */
export interface EngineCheck {
  ok: boolean;
  state: EngineState;
  /** ISO 8601; when the state began. */
  since: string | null;
  message: string;
}

const SAYS: Record<EngineState, string> = {
  registered: 'The engine knows the jobs and calls them.',
  registering: 'The engine has not called a job since they were registered; tasks wait.',
  forgotten: 'The engine no longer runs the jobs; registering them again.',
  unreachable: 'The engine is not responding; tasks wait until it does.',
};

/** The engine's current state. */
export async function engineCheck(): Promise<EngineCheck> {
  const link = await findEngineLink();
  const state = link?.state ?? 'registering';
  const error = link?.lastError ? ` Last error: ${link.lastError}` : '';
  return {
    ok: state === 'registered',
    state,
    since: link?.stateSince.toISOString() ?? null,
    message: SAYS[state] + (state === 'registered' ? '' : error),
  };
}
