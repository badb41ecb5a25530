import { z } from 'zod';
import { INVOICE_CHARS_MAX } from '@/server/platform/lightning/limits';
import { RAIL_KINDS, type RailKind } from './policy';

/** Contracts of rails' configuration, for operators' pages too. Browser-safe. */

export type { RailKind };

const NEEDED = 'It is needed.';
const Url = z
  .string({ error: NEEDED })
  .trim()
  .max(2_000)
  .refine((text) => /^https?:\/\//i.test(text) && URL.canParse(text), {
    error: 'Enter the full address, such as https://lnbits.example.com.',
  });
const Secret = z.string({ error: NEEDED }).trim().min(1, NEEDED).max(10_000);

/** The settings of each kind of rail. */
export const RailSettings = {
  lnbits: z.strictObject({ url: Url, adminKey: Secret }),
  lnd: z.strictObject({
    url: Url,
    macaroonHex: Secret.regex(/^([0-9a-f]{2})+$/i, 'Enter the macaroon in hexadecimal.'),
    tlsCertificate: Secret.includes('-----BEGIN CERTIFICATE-----', {
      error: 'Enter the certificate in PEM, as in tls.cert.',
    }).optional(),
  }),
  nwc: z.strictObject({
    uri: Secret.regex(
      /^nostr\+walletconnect:(\/\/)?[0-9a-f]{64}\?(?=.*\brelay=ws)(?=.*\bsecret=[0-9a-f]{64})/,
      'Enter the complete connection URI from the wallet, starting with nostr+walletconnect://.',
    ),
  }),
  strike: z.strictObject({ apiKey: Secret, url: Url.optional() }),
} as const satisfies Record<RailKind, z.ZodObject>;

const Sats = z.number({ error: 'Enter whole sats.' }).int('Enter whole sats.');
const FeeLimit = {
  feeBaseSats: Sats.min(0, 'At least 0.').max(100_000, 'At most 100,000 sats.'),
  feeBasisPoints: z
    .number({ error: 'Enter basis points.' })
    .int('Enter whole basis points.')
    .min(0, 'At least 0.')
    .max(10_000, 'At most 10,000, which is 100 %.'),
};
const LowBalance = Sats.min(1, 'At least 1 sat.').max(2_100_000_000_000_000).nullable();

/** The suffix of environment rails' names. */
export const ENVIRONMENT_SUFFIX = '-env';
const RESERVED = new Set(['sandbox', 'internal', 'lightning', 'operator']);

export const RailName = z
  .string({ error: NEEDED })
  .trim()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'Use up to 40 lower-case letters, digits and hyphens.')
  .refine((name) => !RESERVED.has(name) && !name.endsWith(ENVIRONMENT_SUFFIX), {
    error: 'This name is reserved. Use another one.',
  });

/** Settings as text; which are required depends on the kind. */
const GivenSettings = z.record(z.string().max(40), z.string().max(20_000));

export const AddRail = z.strictObject({
  kind: z.enum(RAIL_KINDS),
  name: RailName,
  settings: GivenSettings,
  ...FeeLimit,
  lowBalanceSats: LowBalance,
});
export type AddRail = z.infer<typeof AddRail>;

const Versioned = { id: z.uuid(), version: z.number().int() };

export const ChangeRail = z.strictObject({
  ...Versioned,
  /** Changed settings; omitted ones are kept, and empty ones are removed. */
  settings: GivenSettings.optional(),
  ...FeeLimit,
  lowBalanceSats: LowBalance,
});
export type ChangeRail = z.infer<typeof ChangeRail>;

export const SwitchRail = z.strictObject({ ...Versioned, enabled: z.boolean() });
export type SwitchRail = z.infer<typeof SwitchRail>;

export const VersionedRail = z.strictObject(Versioned);
export type VersionedRail = z.infer<typeof VersionedRail>;

export const RailRef = z.strictObject({ id: z.uuid() });
export type RailRef = z.infer<typeof RailRef>;

/** All rails in the order in which they are tried. */
export const OrderRails = z.strictObject({ ids: z.array(z.uuid()).max(100) });
export type OrderRails = z.infer<typeof OrderRails>;

export const TestRail = z.strictObject({
  /** The caller's idempotency key. */
  key: z.uuid(),
  id: z.uuid(),
  destination: z
    .string({ error: NEEDED })
    .trim()
    .min(1, 'Enter a Lightning address, or an invoice for 1 sat.')
    .max(INVOICE_CHARS_MAX),
});
export type TestRail = z.infer<typeof TestRail>;

/** A test payment of one sat. */
export interface RailTestLine {
  id: string;
  /** `sending` and `unknown`: the outcome is not known yet. */
  status: 'reserved' | 'sending' | 'settled' | 'failed' | 'unknown';
  destination: string;
  feeSats: number;
  /** Proof of payment, if the rail has one. */
  preimage: string | null;
  error: string | null;
  createdAt: Date;
  finishedAt: Date | null;
}

/** A rail as operators see it, without secrets. */
export interface RailLine {
  id: string;
  kind: RailKind;
  name: string;
  enabled: boolean;
  source: 'operator' | 'environment';
  /** Non-secret settings; empty if unreadable. */
  settings: Record<string, string>;
  /** Names of the stored secret settings. */
  secrets: string[];
  feeBaseSats: number;
  feeBasisPoints: number;
  lowBalanceSats: number | null;
  /** `unknown` before the first check. */
  health: 'up' | 'down' | 'unknown';
  lastOkAt: Date | null;
  lastErrorAt: Date | null;
  lastError: string | null;
  balanceSats: number | null;
  isLow: boolean;
  /** Whether it was or may have been used, so that it can only be disabled. */
  isUsed: boolean;
  lastTest: RailTestLine | null;
  version: number;
  updatedAt: Date;
}
