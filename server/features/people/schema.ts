import { z } from 'zod';
import { Email, InvitationToken, JoinByInvitation } from '@/server/features/organizations/schema';
import {
  LiftPause,
  PauseType,
  type TypePause,
  type TypeStanding,
} from '@/server/features/verification/schema';
import { TIERS } from './policy';

/** Contracts of an organization's own people. Browser-safe. */

export const Tier = z.enum(TIERS);
export type Tier = z.infer<typeof Tier>;

export const CAPACITY_MAX = 100;
const Capacity = z
  .number({ error: 'Enter a whole number.' })
  .int('Enter a whole number.')
  .min(1, 'At least one task at a time.')
  .max(CAPACITY_MAX, `At most ${CAPACITY_MAX} tasks at a time.`);
const Skills = z.array(z.string().min(1).max(64)).max(64, 'At most 64 skills.');
const Note = z.string().trim().max(200, 'At most 200 characters.');

export const INVITED_MAX = 50;

export const InviteWorkers = z.strictObject({
  /** Each address gets its own link; without addresses, there is one link to share. */
  emails: z
    .array(Email)
    .max(INVITED_MAX, `At most ${INVITED_MAX} addresses at a time.`)
    .default([]),
  /** How many people the shared link admits. */
  usesMax: z
    .number({ error: 'Enter a whole number.' })
    .int('Enter a whole number.')
    .min(1, 'Allow at least one person.')
    .max(500, 'Allow at most 500 people.')
    .default(1),
  /** A note for the list, such as whom it is for. */
  note: Note.default(''),
  skills: Skills.default([]),
  tier: Tier.default('medium'),
  capacity: Capacity.default(1),
});
export type InviteWorkers = z.input<typeof InviteWorkers>;

export { InvitationToken, JoinByInvitation };

export interface OpenPoolInvitation {
  id: string;
  /** Null for a shared link. */
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

/** An invitation as the holder of its link sees it. */
export interface PoolInvitationView {
  organizationName: string;
  skills: string[];
  expiresAt: Date;
  /** What accepting makes of the signed-in user; `worker` if nobody is signed in. */
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
  /** Paused automatically, because golds showed too many mistakes. */
  paused: boolean;
  /** Accuracy on checked answers with its 90 % interval. Null if the skill only counts here. */
  accuracy: { mean: number; lower: number; upper: number; correct: number; total: number } | null;
}

export interface PersonPace {
  type: string;
  answers: number;
  medianSeconds: number;
  /** Median over all accepted answers to the organization's latest tasks of the type. */
  typeMedianSeconds: number | null;
}

export interface Person {
  workerId: string;
  name: string;
  email: string | null;
  /** Whether they belong to another pool, which sets tier, capacity and own skills. */
  guest: boolean;
  status: 'active' | 'paused';
  /** Paused by their own pool, so that resuming them here has no effect. */
  pausedElsewhere: boolean;
  tier: Tier;
  /** Whether golds adjust the tier, per type. */
  tierAuto: boolean;
  online: boolean;
  lastSeenAt: Date | null;
  joinedAt: Date;
  /** Open tasks, out of their capacity. */
  open: number;
  capacity: number;
  skills: PersonSkill[];
  /** Their standing with the organization's types. */
  types: TypeStanding[];
  /** Skills that this organization granted to a guest. */
  grantedSkills: string[];
  answers: { accepted: number; rejected: number };
  pace: PersonPace[];
  version: number;
}

export const UpdatePerson = z.strictObject({
  workerId: z.string(),
  /** The version the change is based on. */
  version: z.number().int(),
  skills: Skills,
  /** Omitted for guests. */
  tier: Tier.optional(),
  /** Whether golds adjust the tier from now on. */
  tierAuto: z.boolean().optional(),
  capacity: Capacity.optional(),
});
export type UpdatePerson = z.infer<typeof UpdatePerson>;

export const SetPersonStatus = z.strictObject({
  workerId: z.string(),
  status: z.enum(['active', 'paused']),
});
export type SetPersonStatus = z.infer<typeof SetPersonStatus>;

/** A type paused for a worker, who is shown by pseudonym if from the public pool. */
export interface PausedWorker extends TypePause {
  type: string;
  worker: string;
}

/** A type to be paused for a person of the organization's. */
export const PausePersonType = PauseType.omit({ organizationId: true });
export type PausePersonType = z.infer<typeof PausePersonType>;

export { LiftPause };

/** Facts for deciding on the public pool's setting. */
export interface PoolFacts {
  publicPool: boolean;
  /** Whether workers of the public pool need an operator's approval. */
  vettedWorkersOnly: boolean;
  /** Own people who are not paused, and how many of them are online. */
  active: number;
  online: number;
  /** Types whose live tasks none of the own people could take. */
  uncovered: { type: string; title: string }[];
}
