/** Maximum length of a BOLT11 invoice; real ones have a few hundred characters. Browser-safe. */
export const INVOICE_CHARS_MAX = 4_096;
