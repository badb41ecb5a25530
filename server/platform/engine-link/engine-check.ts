import { type EngineState, findEngineLink } from './engine-link';

/** The engine as `/readyz` and the operators' pages say it. */
export interface EngineCheck {
  ok: boolean;
  state: EngineState;
  /** ISO 8601; when the state was taken on. */
  since: string | null;
  message: string;
}

const SAYS: Record<EngineState, string> = {
  registered: 'The engine knows the jobs and calls them.',
  registering: 'The engine has not called a job since it was told of them; tasks wait.',
  forgotten: 'The engine no longer runs the jobs; it is being told of them again.',
  unreachable: 'The engine does not answer; tasks wait until it does.',
};

/** What is known of the engine now. */
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
