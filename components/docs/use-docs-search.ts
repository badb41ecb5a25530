'use client';

import { useEffect, useState } from 'react';
import type { SearchHit } from '@/server/docs/search';

const PAUSE_MS = 120;

/** What a query finds, asked a moment after the last key; `state` is a sentence for the reader. */
export function useDocsSearch(query: string): { hits: SearchHit[]; state: string } {
  const [hits, setHits] = useState<SearchHit[]>([]);
  const [state, setState] = useState('');
  useEffect(() => {
    const words = query.trim();
    if (!words) {
      setHits([]);
      setState('Type a word, a field, an error code.');
      return;
    }
    const asked = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const response = await fetch(`/docs/search?q=${encodeURIComponent(words)}`, {
          signal: asked.signal,
        });
        if (!response.ok) throw new Error(`The search was answered ${response.status}.`);
        const found = ((await response.json()) as { hits: SearchHit[] }).hits;
        setHits(found);
        setState(found.length === 0 ? `Nothing is found for “${words}”.` : '');
      } catch {
        if (!asked.signal.aborted)
          setState('The search did not answer. Change a letter to try again.');
      }
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      asked.abort();
    };
  }, [query]);
  return { hits, state };
}
