import { z } from 'zod';
import { MODES, SCOPES } from '@/server/platform/actor';

/** Contracts for creating and listing keys. Browser-safe. */

const CapSats = z
  .number({ error: 'Enter whole sats, or leave it empty.' })
  .int('Enter whole sats.')
  .min(1, 'Enter at least one sat, or leave it empty.')
  .max(1_000_000_000_000, 'At most 1,000,000,000,000 sats.');

export const CreateApiKey = z.strictObject({
  name: z.string().trim().min(1, 'Enter a name for the key.').max(120),
  mode: z.enum(MODES),
  /** Defaults to all scopes. */
  scopes: z.array(z.enum(SCOPES)).min(1, 'Select at least one scope.').optional(),
  expiresAt: z.date().optional(),
  /** Sats per day, midnight to midnight UTC. */
  maxSpendSatsPerDay: CapSats.optional(),
});
export type CreateApiKey = z.infer<typeof CreateApiKey>;

export const SetKeyCap = z.strictObject({
  id: z.uuid(),
  /** Sats per day, midnight to midnight UTC; null means no cap. */
  maxSpendSatsPerDay: CapSats.nullable(),
});
export type SetKeyCap = z.infer<typeof SetKeyCap>;

export const RollApiKey = z.strictObject({
  id: z.uuid(),
  /** How long the old key stays valid; at most a week. */
  overlapSeconds: z.number().int().min(0).max(604_800).default(86_400),
});
export type RollApiKey = z.input<typeof RollApiKey>;

/** An operator revokes a key. */
export const RevokeKeyOf = z.strictObject({
  keyId: z.uuid(),
  reason: z
    .string()
    .trim()
    .min(5, 'Enter a short reason; the organization sees it.')
    .max(500, 'At most 500 characters.'),
});
export type RevokeKeyOf = z.infer<typeof RevokeKeyOf>;
