import { z } from 'zod';
import type { ApiKeySummary } from '@/server/features/api-keys';
import type { OverturnRate } from '@/server/features/appeals/schema';
import type { DepositLine } from '@/server/features/deposits/schema';
import {
  type CreditLine,
  type StatementLine,
  StatementQuery,
} from '@/server/features/ledger/schema';
import type { TeamMember } from '@/server/features/organizations/schema';
import type { Mode } from '@/server/platform/actor';
import type { Page } from '@/server/platform/page';
import { ORGANIZATION_STATES } from './policy';

/** Organizations as operators of the instance see them. Browser-safe. */

export type OrganizationState = (typeof ORGANIZATION_STATES)[number];

export const FindOrganizations = z.strictObject({
  state: z.enum(ORGANIZATION_STATES).optional(),
  /** Word prefixes of the name, a prefix of a member's address, or the full ID. */
  search: z.string().trim().max(200).optional(),
  after: z.uuid().optional(),
  limit: z.number().int().min(1).max(100).default(25),
});
export type FindOrganizations = z.input<typeof FindOrganizations>;

/** An organization with its figures in the operator's mode. */
export interface OrganizationLine {
  id: string;
  name: string;
  state: OrganizationState;
  createdAt: Date;
  availableSats: number;
  heldSats: number;
  openTasks: number;
  /** Ended tasks created in the last 30 days, without golds and cancelled ones. */
  endedTasks: number;
  /** Share of them that was verified; null if there are none. */
  verifiedShare: number | null;
  /** The later of its newest task's creation and its last key use. */
  lastActiveAt: Date | null;
}

export const OfOrganization = z.strictObject({ organizationId: z.uuid() });
export type OfOrganization = z.infer<typeof OfOrganization>;

export const StatementOf = OfOrganization.extend({
  ...StatementQuery.shape,
  limit: z.number().int().min(1).max(100).default(10),
});
export type StatementOf = z.input<typeof StatementOf>;
export type StatementPage = Page<StatementLine>;

/** A task type of an organization, measured by its ended tasks of the last 30 days. */
export interface TypeLine {
  type: string;
  ended: number;
  verified: number;
  p50Seconds: number | null;
  chargedSats: number;
}

export interface EndpointLine {
  id: string;
  url: string;
  status: 'enabled' | 'disabled';
  disabledReason: string | null;
  failingSince: Date | null;
  /** Attempts of the last 24 hours. */
  delivered: number;
  failed: number;
}

/** An organization as an operator sees it in their mode. */
export interface OrganizationView extends OrganizationLine {
  mode: Mode;
  suspendedAt: Date | null;
  suspendedReason: string | null;
  closedAt: Date | null;
  /** Who gets its tasks: the public pool, its approved workers in the pool, or its own people. */
  pool: 'public' | 'vetted' | 'own';
  members: TeamMember[];
  /** The newest keys. */
  keys: ApiKeySummary[];
  types: TypeLine[];
  endpoints: EndpointLine[];
  limits: { maxSpendSatsPerDay: number | null; lowBalanceSats: number | null };
  appeals: { open: number; rate: OverturnRate };
  credits: CreditLine[];
  deposits: DepositLine[];
}
