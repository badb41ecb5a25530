'use client';

import { useLocalStorage } from '@mantine/hooks';

/** The languages that code is shown in, as a visitor sees them. */
export const LANGUAGES = [
  { value: 'python', label: 'Python' },
  { value: 'typescript', label: 'TypeScript' },
  { value: 'go', label: 'Go' },
  { value: 'curl', label: 'cURL' },
] as const;

export type Language = (typeof LANGUAGES)[number]['value'];

const FIRST: Language = 'python';

/** The language that a text names; the first one where it names none. */
function languageOf(text: string | undefined): Language {
  return LANGUAGES.find(({ value }) => value === text)?.value ?? FIRST;
}

/**
 * The language that the visitor wants code in, and a way to choose another: kept by this browser, the same
 * on all pages and in all open tabs. Until a page is hydrated it is the first one, as on the server.
 */
export function useLanguage(): [Language, (language: Language) => void] {
  const [language, choose] = useLocalStorage<Language>({
    key: 'humanrail-language',
    defaultValue: FIRST,
    serialize: (value) => value,
    deserialize: languageOf,
  });
  return [language, choose];
}
