/**
 * What an event carries besides its data, folded as the real server does on acceptance: the sessions
 * its sender named win, key by key, over those handed down by the run that sent it.
 * @returns `{meta}`, or nothing where there is none.
 */
export function foldMeta(given: unknown): { meta?: Record<string, unknown> } {
  if (!isRecord(given)) return {};
  const { propagated_sessions: inherited, sessions: own, ...rest } = given;
  const sessions = { ...(isRecord(inherited) ? inherited : {}), ...(isRecord(own) ? own : {}) };
  const meta = { ...rest, ...(Object.keys(sessions).length > 0 ? { sessions } : {}) };
  return Object.keys(meta).length > 0 ? { meta } : {};
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
