/** Constants that pages need without importing the large contracts. Browser-safe. */

/** The noun prefixes of audited actions. */
export const AUDIT_NOUNS = [
  'account',
  'api_key',
  'appeal',
  'balance',
  'callback_secret',
  'endpoint',
  'engine',
  'gold',
  'instance',
  'invitation',
  'ledger',
  'member',
  'operator',
  'organization',
  'outbox',
  'payout',
  'person',
  'pool_invitation',
  'review',
  'session',
  'spend_limits',
  'task_type',
  'worker',
] as const;
