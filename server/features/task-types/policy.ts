/** What pages check and show without the contracts, which are large. Browser-safe. */

/** What types of tasks may be called. */
export const TYPE_NAME = /^[a-z0-9_.-]{1,128}$/;
export const TYPE_NAME_FAULT = 'Use 1 to 128 of a-z, 0-9, underscore, dot and hyphen.';
