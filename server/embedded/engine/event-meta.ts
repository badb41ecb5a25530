import { limits } from './limits';

type Sessions = Record<string, string>;

/** An event's metadata is invalid; the message says why. */
export class RefusedMeta extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'RefusedMeta';
  }
}

/**
 * An event's metadata, merged like on the real server at acceptance: the sessions named by the
 * sender take precedence, key by key, over those inherited from the run that sent it; a null from
 * the sender drops the inherited value under that key, or all of them.
 * @returns `{meta}`, or nothing if there is none.
 * @throws RefusedMeta for sessions that are not strings or numbers, too many or too long.
 */
export function foldMeta(given: unknown): { meta?: Record<string, unknown> } {
  if (!isRecord(given)) return {};
  const { propagated_sessions: inherited, sessions: own, ...rest } = given;
  const handedDown = own === null ? {} : readSessions(inherited ?? {});
  const dropped = isRecord(own) ? Object.keys(own).filter((key) => own[key] === null) : [];
  for (const key of dropped) delete handedDown[key];
  const named = readSessions(own ?? {}, dropped);
  checkSessions(named);
  const sessions = { ...named };
  for (const key of Object.keys(handedDown).sort()) {
    if (Object.keys(sessions).length >= limits.sessionsPerEvent) break;
    sessions[key] ??= handedDown[key] ?? '';
  }
  checkSessions(sessions);
  const meta = { ...rest, ...(Object.keys(sessions).length > 0 ? { sessions } : {}) };
  return Object.keys(meta).length > 0 ? { meta } : {};
}

function readSessions(given: unknown, dropped: readonly string[] = []): Sessions {
  if (!isRecord(given)) throw new RefusedMeta('event sessions must be an object');
  const sessions: Sessions = {};
  for (const [key, id] of Object.entries(given)) {
    if (dropped.includes(key)) continue;
    if (typeof id !== 'string' && typeof id !== 'number') {
      throw new RefusedMeta(`event session "${key}" must be a string or number`);
    }
    sessions[key] = String(id);
  }
  return sessions;
}

function checkSessions(sessions: Sessions): void {
  const entries = Object.entries(sessions);
  if (entries.length > limits.sessionsPerEvent) {
    throw new RefusedMeta(`event sessions can include at most ${limits.sessionsPerEvent} entries`);
  }
  for (const [key, id] of entries) {
    if (key === '') throw new RefusedMeta('event session keys cannot be empty');
    if (id === '') throw new RefusedMeta(`event session "${key}" cannot have an empty ID`);
    if (Buffer.byteLength(key) > limits.sessionKeyBytes) {
      throw new RefusedMeta(`event session keys cannot exceed ${limits.sessionKeyBytes} bytes`);
    }
    if (Buffer.byteLength(id) > limits.sessionIdBytes) {
      throw new RefusedMeta(`event session "${key}" exceeds ${limits.sessionIdBytes} bytes`);
    }
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
