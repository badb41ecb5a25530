/** Constants that pages need without importing the large contracts. Browser-safe. */

/** Valid names of task types. */
export const TYPE_NAME = /^[a-z0-9_.-]{1,128}$/;
export const TYPE_NAME_FAULT = 'Use 1 to 128 of a-z, 0-9, underscore, dot and hyphen.';
