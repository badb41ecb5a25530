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
  /** What a stranger, and the other mode, get by the owner's ids; `own` where no id is named. */
  foreign: 'NOT_FOUND' | 'nothing' | 'own';
  /** Seen from both modes alike. */
  bothModes?: true;
  /** The highest role that is refused; left out for what every member may. */
  refused?: MemberRole;
}
