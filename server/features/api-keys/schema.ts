import { z } from 'zod';
import { MODES, SCOPES } from '@/server/platform/actor';

/** What a key is made with, and how it is shown in lists. Browser-safe. */

const CapSats = z
  .number({ error: 'Give whole sats, or leave it empty.' })
  .int('Give whole sats.')
  .min(1, 'Give at least one sat, or leave it empty.')
  .max(1_000_000_000_000, 'At most 1,000,000,000,000 sats.');

export const CreateApiKey = z.strictObject({
  name: z.string().trim().min(1, 'Give the key a name.').max(120),
  mode: z.enum(MODES),
  /** All of them where left out. */
  scopes: z.array(z.enum(SCOPES)).min(1, 'Give at least one scope.').optional(),
  expiresAt: z.date().optional(),
  /** Sats a day, from midnight to midnight UTC. */
  maxSpendSatsPerDay: CapSats.optional(),
});
export type CreateApiKey = z.infer<typeof CreateApiKey>;

export const SetKeyCap = z.strictObject({
  id: z.uuid(),
  /** Sats a day, from midnight to midnight UTC; null is no cap. */
  maxSpendSatsPerDay: CapSats.nullable(),
});
export type SetKeyCap = z.infer<typeof SetKeyCap>;

export const RollApiKey = z.strictObject({
  id: z.uuid(),
  /** How long the former key goes on working; at most a week. */
  overlapSeconds: z.number().int().min(0).max(604_800).default(86_400),
});
export type RollApiKey = z.input<typeof RollApiKey>;

/** An operator ends a key. */
export const RevokeKeyOf = z.strictObject({
  keyId: z.uuid(),
  reason: z
    .string()
    .trim()
    .min(5, 'Say in a few words why; the organization reads it.')
    .max(500, 'At most 500 characters.'),
});
export type RevokeKeyOf = z.infer<typeof RevokeKeyOf>;
