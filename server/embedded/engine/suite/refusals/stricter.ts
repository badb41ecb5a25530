import type { ReplyVerdict } from './reply-app';

interface Stricter {
  events: Record<string, string>;
  registrations: Record<string, string>;
  replies: Record<string, { verdict: ReplyVerdict; reason: string }>;
}

/**
 * Where the embedded engine refuses what the real server accepts, or ends a run in another way, and
 * why. It is never the other way round.
 */
export const STRICTER: Stricter = { events: {}, registrations: {}, replies: {} };
