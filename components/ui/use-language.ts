'use client';

import { useSyncExternalStore } from 'react';
import { LANGUAGE_KEY } from './language-key';

export const LANGUAGES = ['python', 'typescript', 'go', 'curl'] as const;
export type Language = (typeof LANGUAGES)[number];

const listeners = new Set<() => void>();
/** Holds for the visit where the browser keeps nothing. */
let chosen: Language | null = null;

function read(): Language {
  if (chosen) return chosen;
  try {
    const kept = localStorage.getItem(LANGUAGE_KEY);
    return LANGUAGES.find((language) => language === kept) ?? LANGUAGES[0];
  } catch {
    return LANGUAGES[0];
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

/** The language the reader wants examples in, the same on every page. */
export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, read, () => LANGUAGES[0]);
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
