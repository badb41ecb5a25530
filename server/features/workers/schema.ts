import { z } from 'zod';
import { NewUser } from '@/server/features/organizations/schema';

/** What workers are made with and what they may set themselves. Browser-safe. */

export const SkillName = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[a-z0-9_.-]+$/, 'Use 1 to 64 of a-z, 0-9, underscore, dot and hyphen.');

export const SetOnline = z.strictObject({ online: z.boolean() });
export type SetOnline = z.infer<typeof SetOnline>;

export const SetOnCall = z.strictObject({ onCall: z.boolean() });
export type SetOnCall = z.infer<typeof SetOnCall>;

/** What a worker has set for the worker app; what was never set is the default. */
export const WorkerPreferences = z.strictObject({
  /** A sound when a task is offered. */
  sound: z.boolean().default(true),
  /** A system notification when a task is offered while no page is in focus. */
  desktop: z.boolean().default(false),
  /** The worker's own keys by command; others use the default. */
  keys: z
    .record(z.string().regex(/^[a-zA-Z]{1,40}$/), z.string().trim().min(1).max(40))
    .refine((keys) => Object.keys(keys).length <= 64, 'There are more keys than commands.')
    .default({}),
  /**
   * Whether shortcuts without Ctrl or ⌘ are enabled; if not, such keys only reach the focused
   * element.
   */
  singleKeys: z.boolean().default(true),
});
export type WorkerPreferences = z.infer<typeof WorkerPreferences>;

/** Some of the preferences; the others are kept. */
export const SavePreferences = z.strictObject({
  sound: WorkerPreferences.shape.sound.unwrap().optional(),
  desktop: WorkerPreferences.shape.desktop.unwrap().optional(),
  keys: WorkerPreferences.shape.keys.unwrap().optional(),
  singleKeys: WorkerPreferences.shape.singleKeys.unwrap().optional(),
});
export type SavePreferences = z.infer<typeof SavePreferences>;

/** A new user who wants to work. */
export const SignUpWorker = NewUser.pick({ email: true, name: true, password: true });
export type SignUpWorker = z.input<typeof SignUpWorker>;

export const WorkerTier = z.enum(['low', 'medium', 'high', 'critical']);

export const NewWorker = z.strictObject({
  /** The user of this worker; null for simulated ones. */
  userId: z.uuid().nullable(),
  mode: z.enum(['live', 'test']),
  displayName: z.string().trim().min(1).max(120),
  skills: z.array(SkillName).max(64),
  tier: WorkerTier.default('medium'),
  /** Whether golds adjust the tier; defaults to true in the public pool only. */
  tierAuto: z.boolean().optional(),
  simulated: z.boolean().default(false),
  online: z.boolean().default(false),
  onCall: z.boolean().default(false),
  capacity: z.number().int().min(1).max(1_000).default(1),
  /** The organization whose own people include this worker; null for the public pool. */
  poolOrganizationId: z.uuid().nullable().default(null),
  payoutRail: z.string().min(1).max(32).default('internal'),
  payoutDestination: z.string().max(2_000).nullable().default(null),
  /** Until when earnings are held; null follows the worker's own schedule. */
  payoutsHeldUntil: z.date().nullable().default(null),
  vetting: z.enum(['waiting', 'approved']).default('approved'),
  status: z.enum(['active', 'paused']).default('active'),
});
export type NewWorker = z.input<typeof NewWorker>;

/** A text for the worker or the log. */
const Reason = z.string().trim().max(2_000, 'At most 2,000 characters.').default('');

/** Workers decided at once. */
const AT_ONCE_MAX = 100;

export const DecideVetting = z
  .strictObject({
    workerIds: z.array(z.uuid()).min(1).max(AT_ONCE_MAX, 'At most 100 workers at once.'),
    approved: z.boolean(),
    reason: Reason,
  })
  .refine(({ approved, reason }) => approved || reason.length >= 5, {
    message: 'Enter a short reason; the workers see it.',
    path: ['reason'],
  });
export type DecideVetting = z.infer<typeof DecideVetting>;

export const PauseWorker = z.strictObject({
  workerId: z.uuid(),
  paused: z.boolean(),
  reason: Reason,
});
export type PauseWorker = z.infer<typeof PauseWorker>;

export const ChangeTier = z.strictObject({
  workerId: z.uuid(),
  /** `auto`: golds adjust it, type by type; else it is fixed. */
  tier: z.union([WorkerTier, z.literal('auto')]),
});
export type ChangeTier = z.infer<typeof ChangeTier>;

export const ChangeWorkerSkill = z.strictObject({
  workerId: z.uuid(),
  skill: SkillName,
  held: z.boolean(),
});
export type ChangeWorkerSkill = z.infer<typeof ChangeWorkerSkill>;
