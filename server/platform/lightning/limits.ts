/** Characters of a BOLT11 invoice at the most; a real one has a few hundred. Browser-safe. */
export const INVOICE_CHARS_MAX = 4_096;
