'use client';

import { useSyncExternalStore } from 'react';
import { LANGUAGE_KEY } from './language-key';

/** The languages that code is shown in, as a visitor sees them. */
export const LANGUAGES = [
  { value: 'python', label: 'Python' },
  { value: 'typescript', label: 'TypeScript' },
  { value: 'go', label: 'Go' },
  { value: 'curl', label: 'curl' },
] as const;

export type Language = (typeof LANGUAGES)[number]['value'];

const FIRST: Language = 'python';

const listeners = new Set<() => void>();
/** Holds for the visit where the browser keeps nothing. */
let chosen: Language | null = null;

function read(): Language {
  if (chosen) return chosen;
  try {
    const kept = localStorage.getItem(LANGUAGE_KEY);
    return LANGUAGES.find(({ value }) => value === kept)?.value ?? FIRST;
  } catch {
    return FIRST;
  }
}

function subscribe(listener: () => void): () => void {
  const onStorage = ({ key }: StorageEvent) => {
    if (key !== LANGUAGE_KEY) return;
    chosen = null;
    listener();
  };
  listeners.add(listener);
  window.addEventListener('storage', onStorage);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', onStorage);
  };
}

/**
 * The language the visitor wants code in: kept by this browser, the same on all pages and in all open tabs.
 * Until a page is hydrated it is the first one, as on the server.
 */
export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, read, () => FIRST);
}

export function chooseLanguage(language: Language): void {
  chosen = language;
  try {
    localStorage.setItem(LANGUAGE_KEY, language);
  } catch {
    // It holds for this visit.
  }
  document.documentElement.dataset.language = language;
  for (const listener of listeners) listener();
}
