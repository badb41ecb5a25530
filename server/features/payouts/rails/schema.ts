import { z } from 'zod';
import { INVOICE_CHARS_MAX } from '@/server/platform/lightning/limits';
import { RAIL_KINDS, type RailKind } from './policy';

/** How rails are set up, for operators' pages too. Browser-safe. */

export type { RailKind };

const NEEDED = 'It is needed.';
const Url = z
  .string({ error: NEEDED })
  .trim()
  .max(2_000)
  .refine((text) => /^https?:\/\//i.test(text) && URL.canParse(text), {
    error: 'Give its whole address, such as https://lnbits.example.com.',
  });
const Secret = z.string({ error: NEEDED }).trim().min(1, NEEDED).max(10_000);

/** What each kind of rail is set up with. */
export const RailSettings = {
  lnbits: z.strictObject({ url: Url, adminKey: Secret }),
  lnd: z.strictObject({
    url: Url,
    macaroonHex: Secret.regex(/^([0-9a-f]{2})+$/i, 'Give the macaroon in hexadecimal.'),
    tlsCertificate: Secret.includes('-----BEGIN CERTIFICATE-----', {
      error: 'Give the certificate in PEM, as tls.cert has it.',
    }).optional(),
  }),
  nwc: z.strictObject({
    uri: Secret.regex(
      /^nostr\+walletconnect:(\/\/)?[0-9a-f]{64}\?(?=.*\brelay=ws)(?=.*\bsecret=[0-9a-f]{64})/,
      'Give the whole connection that the wallet shows, from nostr+walletconnect:// to its end.',
    ),
  }),
  strike: z.strictObject({ apiKey: Secret, url: Url.optional() }),
} as const satisfies Record<RailKind, z.ZodObject>;

const Sats = z.number({ error: 'Enter whole sats.' }).int('Enter whole sats.');
const FeeLimit = {
  feeBaseSats: Sats.min(0, 'At least 0.').max(100_000, 'At most 100,000 sats.'),
  feeBasisPoints: z
    .number({ error: 'Give a number of basis points.' })
    .int('Give whole basis points.')
    .min(0, 'At least 0.')
    .max(10_000, 'At most 10,000, which is all of the amount.'),
};
const LowBalance = Sats.min(1, 'At least 1 sat.').max(2_100_000_000_000_000).nullable();

/** Names that rails of the environment end with. */
export const ENVIRONMENT_SUFFIX = '-env';
const RESERVED = new Set(['sandbox', 'internal', 'lightning', 'operator']);

export const RailName = z
  .string({ error: NEEDED })
  .trim()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'Use up to 40 lower-case letters, digits and hyphens.')
  .refine((name) => !RESERVED.has(name) && !name.endsWith(ENVIRONMENT_SUFFIX), {
    error: 'This name has a meaning of its own. Use another.',
  });

/** Settings are given as text; which are asked for depends on the kind. */
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
  /** Those that change; a setting that is left out stays as it is, and an empty one is taken away. */
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

/** All rails, in the order in which they are to be tried. */
export const OrderRails = z.strictObject({ ids: z.array(z.uuid()).max(100) });
export type OrderRails = z.infer<typeof OrderRails>;

export const TestRail = z.strictObject({
  /** Made by who asks: the same one pays once. */
  key: z.uuid(),
  id: z.uuid(),
  destination: z
    .string({ error: NEEDED })
    .trim()
    .min(1, 'Give a Lightning address, or an invoice over 1 sat.')
    .max(INVOICE_CHARS_MAX),
});
export type TestRail = z.infer<typeof TestRail>;

/** A payment of one sat by which a rail was tried. */
export interface RailTestLine {
  id: string;
  /** `sending` and `unknown`: what became of it is not known yet. */
  status: 'reserved' | 'sending' | 'settled' | 'failed' | 'unknown';
  destination: string;
  feeSats: number;
  /** Proof of payment, where the rail has one. */
  preimage: string | null;
  error: string | null;
  createdAt: Date;
  finishedAt: Date | null;
}

/** A rail as operators see it; its secrets stay where they are. */
export interface RailLine {
  id: string;
  kind: RailKind;
  name: string;
  enabled: boolean;
  source: 'operator' | 'environment';
  /** Settings that are no secret; empty where they cannot be read. */
  settings: Record<string, string>;
  /** Names of the secret settings that are there. */
  secrets: string[];
  feeBaseSats: number;
  feeBasisPoints: number;
  lowBalanceSats: number | null;
  /** `unknown` until it was asked for the first time. */
  health: 'up' | 'down' | 'unknown';
  lastOkAt: Date | null;
  lastErrorAt: Date | null;
  lastError: string | null;
  balanceSats: number | null;
  isLow: boolean;
  /** It has paid, or may have: its name stays in the books, so it can be switched off alone. */
  isUsed: boolean;
  lastTest: RailTestLine | null;
  version: number;
  updatedAt: Date;
}
