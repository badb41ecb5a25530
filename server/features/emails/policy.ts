/** What pages show without the contracts, which are large. Browser-safe. */

export const EMAIL_STATUSES = ['queued', 'sending', 'sent', 'kept', 'failed'] as const;
