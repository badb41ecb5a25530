/** Constants that pages need without importing the large contracts. Browser-safe. */

export const EMAIL_STATUSES = ['queued', 'sending', 'sent', 'kept', 'failed'] as const;
