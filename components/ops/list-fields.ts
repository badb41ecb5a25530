import { asDay, asId, asOneOf, asWords } from '@/components/ui/tables/address-values';
import { ADJUSTED_KINDS } from '@/server/features/adjustments/policy';
import { ORGANIZATION_STATES } from '@/server/features/customers/policy';
import { GOLD_STATES, SHIPPED_GOLDS } from '@/server/features/golds/policy';
import { WORKER_STATES } from '@/server/features/onboarding/policy';
import { AUDIT_NOUNS } from '@/server/features/organizations/policy';
import { PAYOUT_AGES, PAYOUT_STATES } from '@/server/features/payouts/policy';

/*
 * The filters of each of the console's lists, as read from the address. The server validates them again with its schema, which
 * pages do not load.
 */

export const ORGANIZATION_FIELDS = {
  state: asOneOf(ORGANIZATION_STATES),
  search: asWords(200),
  after: asId,
};

export const WORKER_FIELDS = {
  state: asOneOf(WORKER_STATES),
  search: asWords(200),
  skill: asWords(64),
  after: asId,
};

export const GOLD_FIELDS = {
  state: asOneOf(GOLD_STATES),
  // Free text, so the server reports what is wrong with it.
  type: asWords(128),
  organizationId: (value: string) => (value === SHIPPED_GOLDS ? SHIPPED_GOLDS : asId(value)),
  after: asId,
};

export const ADJUSTMENT_FIELDS = {
  owner: asId,
  accountKind: asOneOf(ADJUSTED_KINDS),
  after: asId,
};

export const PAYOUT_FIELDS = {
  state: asOneOf(PAYOUT_STATES),
  mode: asOneOf(['live', 'test'] as const),
  rail: asWords(64),
  worker: asWords(200),
  organization: asWords(200),
  olderThan: asOneOf(PAYOUT_AGES),
  after: asId,
};

export const AUDIT_FIELDS = {
  noun: asOneOf(AUDIT_NOUNS),
  organizationId: asId,
  who: asWords(254),
  from: asDay,
  to: asDay,
  after: asId,
};
