/** This package's version, as it names itself to the API. A test compares it to package.json. */
export const VERSION = '0.2.0';
