'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter, useSearchParams } from 'next/navigation';
import { useCallback, useEffect, useRef, useState } from 'react';
import { failureOf } from '@/components/trpc/failure';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { warn } from '@/components/ui/notices';
import { type Draft, draftOf, EMPTY_DRAFT, shareable } from './draft';

const LINK = '#request=';

/**
 * The draft of a tab: from the task or type that the address names, from a shared link, as it was
 * before a reload, or the first template. It is kept in this tab alone.
 * @param options.template gives the draft of a type; null where there is no such type.
 */
export function useDraft(options: { place: string; template: (type: string) => Draft | null }) {
  const { place } = options;
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const search = useSearchParams();
  const [draft, setDraft] = useState<Draft | null>(null);
  const template = useRef(options.template);
  template.current = options.template;
  const from = search?.get('from') ?? null;
  const type = search?.get('type') ?? null;

  useEffect(() => {
    let isWanted = true;
    const begin = async (): Promise<Draft> => {
      if (from) {
        const request = await queryClient.fetchQuery(trpc.tasks.request.queryOptions({ id: from }));
        return draftOf(request);
      }
      if (type) return template.current(type) ?? { ...EMPTY_DRAFT, type };
      return sharedDraft() ?? keptDraft(place) ?? template.current('content_review') ?? EMPTY_DRAFT;
    };
    void begin()
      .catch((error: unknown) => {
        warn(failureOf(error).message);
        return keptDraft(place) ?? EMPTY_DRAFT;
      })
      .then((begun) => {
        if (!isWanted) return;
        setDraft(begun);
        keep(place, begun);
        // From here on it is a draft of its own, which a reload must not set back.
        if (from || type || window.location.hash) {
          router.replace(window.location.pathname, { scroll: false });
        }
      });
    return () => {
      isWanted = false;
    };
    // Once for each address: what was typed since is kept when the address loses its question mark.
  }, [from, type, place, queryClient, trpc, router]);

  const change = useCallback(
    (changes: Partial<Draft>) =>
      setDraft((before) => {
        const next = { ...(before ?? EMPTY_DRAFT), ...changes };
        keep(place, next);
        return next;
      }),
    [place],
  );
  return { draft, change };
}

function keptDraft(place: string): Draft | null {
  return draftIn(window.sessionStorage.getItem(place));
}

function keep(place: string, draft: Draft): void {
  try {
    window.sessionStorage.setItem(place, JSON.stringify(draft));
  } catch {
    // A full or forbidden store costs only the memory over a reload.
  }
}

/** A link that leads to this draft, without what may be secret. */
export function linkTo(draft: Draft): string {
  const said = Object.entries(shareable(draft)).filter(
    ([key, value]) => value !== EMPTY_DRAFT[key as keyof Draft],
  );
  const { origin, pathname } = window.location;
  return `${origin}${pathname}${LINK}${encodeURIComponent(JSON.stringify(Object.fromEntries(said)))}`;
}

function sharedDraft(): Draft | null {
  const { hash } = window.location;
  if (!hash.startsWith(LINK)) return null;
  try {
    return draftIn(decodeURIComponent(hash.slice(LINK.length)));
  } catch {
    return null;
  }
}

/** A draft that was kept or sent: what has another shape than ours is left out. */
function draftIn(text: string | null): Draft | null {
  if (text === null) return null;
  try {
    const said = JSON.parse(text) as Record<string, unknown>;
    const fits = Object.entries(EMPTY_DRAFT).flatMap(([key, empty]) => {
      const value = said[key];
      const isList = Array.isArray(value) && value.every((item) => typeof item === 'string');
      return (key === 'skills' ? isList : typeof value === typeof empty) ? [[key, value]] : [];
    });
    return { ...EMPTY_DRAFT, ...Object.fromEntries(fits) };
  } catch {
    return null;
  }
}
