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
  /** A notification of the system when a task is offered and no page is in focus. */
  desktop: z.boolean().default(false),
  /** Keys of the worker's own choice, by command; a command without one has its default. */
  keys: z
    .record(z.string().regex(/^[a-zA-Z]{1,40}$/), z.string().trim().min(1).max(40))
    .refine((keys) => Object.keys(keys).length <= 64, 'That is more keys than there are commands.')
    .default({}),
  /** Whether keys without Ctrl or ⌘ do anything; off, they reach only what is focused. */
  singleKeys: z.boolean().default(true),
});
export type WorkerPreferences = z.infer<typeof WorkerPreferences>;

/** Some of the preferences; the others stay as they are. */
export const SavePreferences = z.strictObject({
  sound: WorkerPreferences.shape.sound.unwrap().optional(),
  desktop: WorkerPreferences.shape.desktop.unwrap().optional(),
  keys: WorkerPreferences.shape.keys.unwrap().optional(),
  singleKeys: WorkerPreferences.shape.singleKeys.unwrap().optional(),
});
export type SavePreferences = z.infer<typeof SavePreferences>;

/** Somebody new who wants to work. */
export const SignUpWorker = NewUser.pick({ email: true, name: true, password: true });
export type SignUpWorker = z.input<typeof SignUpWorker>;

export const WorkerTier = z.enum(['low', 'medium', 'high', 'critical']);

export const NewWorker = z.strictObject({
  /** Who signs in as this worker; nobody for simulated ones. */
  userId: z.uuid().nullable(),
  mode: z.enum(['live', 'test']),
  displayName: z.string().trim().min(1).max(120),
  skills: z.array(SkillName).max(64),
  tier: WorkerTier.default('medium'),
  /** Golds move the tier; left out, they do in the public pool alone. */
  tierAuto: z.boolean().optional(),
  simulated: z.boolean().default(false),
  online: z.boolean().default(false),
  onCall: z.boolean().default(false),
  capacity: z.number().int().min(1).max(1_000).default(1),
  /** The organization whose own people this worker belongs to; null is the public pool. */
  poolOrganizationId: z.uuid().nullable().default(null),
  payoutRail: z.string().min(1).max(32).default('internal'),
  payoutDestination: z.string().max(2_000).nullable().default(null),
  /** Until when what the worker earns is kept; null sends it as the worker says. */
  payoutsHeldUntil: z.date().nullable().default(null),
  vetting: z.enum(['waiting', 'approved']).default('approved'),
  status: z.enum(['active', 'paused']).default('active'),
});
export type NewWorker = z.input<typeof NewWorker>;

/** Words that go to the worker, or into the log. */
const Reason = z.string().trim().max(2_000, 'At most 2,000 characters.').default('');

/** Workers that are decided on at once. */
const AT_ONCE_MAX = 100;

export const DecideVetting = z
  .strictObject({
    workerIds: z.array(z.uuid()).min(1).max(AT_ONCE_MAX, 'At most 100 workers at once.'),
    approved: z.boolean(),
    reason: Reason,
  })
  .refine(({ approved, reason }) => approved || reason.length >= 5, {
    message: 'Say in a few words why; the workers read it.',
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
  /** `auto`: golds move it, type by type; else it is fixed. */
  tier: z.union([WorkerTier, z.literal('auto')]),
});
export type ChangeTier = z.infer<typeof ChangeTier>;

export const ChangeWorkerSkill = z.strictObject({
  workerId: z.uuid(),
  skill: SkillName,
  held: z.boolean(),
});
export type ChangeWorkerSkill = z.infer<typeof ChangeWorkerSkill>;
