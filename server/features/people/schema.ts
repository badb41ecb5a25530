import { z } from 'zod';
import { Email, InvitationToken, JoinByInvitation } from '@/server/features/organizations/schema';
import {
  LiftPause,
  PauseType,
  type TypePause,
  type TypeStanding,
} from '@/server/features/verification/schema';
import { TIERS } from './policy';

/** An organization's own people: who they are, how they do, and what may be changed. Browser-safe. */

export const Tier = z.enum(TIERS);
export type Tier = z.infer<typeof Tier>;

export const CAPACITY_MAX = 100;
const Capacity = z
  .number({ error: 'Give a whole number.' })
  .int('Give a whole number.')
  .min(1, 'At least one task at a time.')
  .max(CAPACITY_MAX, `At most ${CAPACITY_MAX} tasks at a time.`);
const Skills = z.array(z.string().min(1).max(64)).max(64, 'At most 64 skills.');
const Note = z.string().trim().max(200, 'At most 200 characters.');

export const INVITED_MAX = 50;

export const InviteWorkers = z.strictObject({
  /** Each gets a link of their own; none of them, and there is one link to hand on. */
  emails: z
    .array(Email)
    .max(INVITED_MAX, `At most ${INVITED_MAX} addresses at a time.`)
    .default([]),
  /** How many people the link to hand on lets in. */
  usesMax: z
    .number({ error: 'Give a whole number.' })
    .int('Give a whole number.')
    .min(1, 'It lets in at least one person.')
    .max(500, 'It lets in at most 500 people.')
    .default(1),
  /** For whom it is; a reminder for the list. */
  note: Note.default(''),
  skills: Skills.default([]),
  tier: Tier.default('medium'),
  capacity: Capacity.default(1),
});
export type InviteWorkers = z.input<typeof InviteWorkers>;

export { InvitationToken, JoinByInvitation };

export interface OpenPoolInvitation {
  id: string;
  /** Null for a link that its maker hands on. */
  email: string | null;
  note: string;
  skills: string[];
  tier: Tier;
  capacity: number;
  uses: number;
  usesMax: number;
  createdAt: Date;
  expiresAt: Date;
}

/** What an invitation's link leads to, for who opens it. */
export interface PoolInvitationView {
  organizationName: string;
  skills: string[];
  expiresAt: Date;
  /** What accepting makes of the user who is signed in; `worker` also where nobody is. */
  becomes: 'worker' | 'guest' | 'nothing';
}

export const ListPeopleQuery = z.strictObject({
  limit: z.number().int().min(1).max(100).default(25),
  after: z.uuid().optional(),
  /** A part of a name or address. */
  search: z.string().trim().max(120).optional(),
  skill: z.string().max(64).optional(),
  state: z.enum(['online', 'active', 'paused']).optional(),
});
export type ListPeopleQuery = z.input<typeof ListPeopleQuery>;

export interface PersonSkill {
  skill: string;
  /** Paused by the checks, as golds showed too many mistakes. */
  paused: boolean;
  /** Of checked answers; the interval holds 90 % of what the accuracy may be. Null where the skill counts here alone. */
  accuracy: { mean: number; lower: number; upper: number; correct: number; total: number } | null;
}

export interface PersonPace {
  type: string;
  answers: number;
  medianSeconds: number;
  /** Of everybody's accepted answers to the organization's latest tasks of the type. */
  typeMedianSeconds: number | null;
}

export interface Person {
  workerId: string;
  name: string;
  email: string | null;
  /** True for who works in another pool as well: tier, capacity and own skills are set there. */
  guest: boolean;
  status: 'active' | 'paused';
  /** Paused by whoever runs their own pool, so that unpausing here changes nothing. */
  pausedElsewhere: boolean;
  tier: Tier;
  /** Golds move the tier, type by type. */
  tierAuto: boolean;
  online: boolean;
  lastSeenAt: Date | null;
  joinedAt: Date;
  /** Tasks in hand, of as many as they may hold. */
  open: number;
  capacity: number;
  skills: PersonSkill[];
  /** How they stand with the organization's types. */
  types: TypeStanding[];
  /** Skills that this organization granted to a guest. */
  grantedSkills: string[];
  answers: { accepted: number; rejected: number };
  pace: PersonPace[];
  version: number;
}

export const UpdatePerson = z.strictObject({
  workerId: z.string(),
  /** The version that the change was made from. */
  version: z.number().int(),
  skills: Skills,
  /** Left out for guests. */
  tier: Tier.optional(),
  /** Whether golds move the tier from then on. */
  tierAuto: z.boolean().optional(),
  capacity: Capacity.optional(),
});
export type UpdatePerson = z.infer<typeof UpdatePerson>;

export const SetPersonStatus = z.strictObject({
  workerId: z.string(),
  status: z.enum(['active', 'paused']),
});
export type SetPersonStatus = z.infer<typeof SetPersonStatus>;

/** A type of the organization's that is paused for somebody; of the public pool by a pseudonym. */
export interface PausedWorker extends TypePause {
  type: string;
  worker: string;
}

/** A type to be paused for a person of the organization's. */
export const PausePersonType = PauseType.omit({ organizationId: true });
export type PausePersonType = z.infer<typeof PausePersonType>;

export { LiftPause };

/** What the switch of the public pool is decided by. */
export interface PoolFacts {
  publicPool: boolean;
  /** Whether the public pool's workers must have been approved by an operator. */
  vettedWorkersOnly: boolean;
  /** Own people who are not paused, and those of them online. */
  active: number;
  online: number;
  /** Types whose live tasks none of the own people could take. */
  uncovered: { type: string; title: string }[];
}
