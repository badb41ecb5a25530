/** What pages show without the contracts, which are large. Browser-safe. */

/** The kinds of acts that the log knows, by the noun their names begin with. */
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
