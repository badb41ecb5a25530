/** Where the browser keeps the language of examples. */
export const LANGUAGE_KEY = 'humanrail-language';
