import type { MemberRole } from '@/server/platform/actor';

/** Ids that belong to the first organization's test mode. */
export const owned = {
  task: '',
  endpoint: '',
  delivery: '',
  deposit: '',
  key: '',
  member: '',
  invitation: '',
  person: '',
  poolInvitation: '',
  taskType: '',
  gold: '',
  pause: '',
  review: '',
  goldCandidate: '',
};

export interface Case {
  input?: () => unknown;
  /**
   * The result for a stranger, and in the other mode, using the owner's ids; `own` if no id is
   * given.
   */
  foreign: 'NOT_FOUND' | 'nothing' | 'own';
  /** Visible in both modes. */
  bothModes?: true;
  /** The highest role that is denied; absent if every member is allowed. */
  refused?: MemberRole;
}
