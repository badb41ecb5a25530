'use client';

import { useCallback, useLayoutEffect, useMemo, useRef } from 'react';
import { whenSettled } from './check/slow-patterns';
import { type FormDraft, writeDraft } from './shape/draft';
import type { Edit } from './shape/edit-draft';
import type { Schema } from './shape/schema-parts';
import { startDraft } from './shape/settle-draft';

/** Drafts by what was written of them, so that what comes back unchanged need not be read again. */
const written = new WeakMap<object, FormDraft>();

/** A form's draft, as its page keeps it. */
export function useFormDraft(
  schema: Schema,
  value: unknown,
  onChange: (value: unknown, draft: FormDraft) => void,
) {
  const draft = useMemo(() => {
    const known = typeof value === 'object' && value !== null ? written.get(value) : undefined;
    return known ?? startDraft(schema, value);
  }, [schema, value]);
  // Several fields may hand over what they hold before the page renders again.
  const latest = useRef(draft);
  const report = useRef(onChange);
  useLayoutEffect(() => {
    latest.current = draft;
  }, [draft]);
  useLayoutEffect(() => {
    report.current = onChange;
  });
  const edit = useCallback(
    (change: Edit) => {
      // What a change brings and takes away may hang on a pattern that takes a moment.
      whenSettled(
        () => change(latest.current, schema),
        (next) => {
          if (next === latest.current) return;
          latest.current = next;
          const kept = writeDraft(next) as object;
          written.set(kept, next);
          report.current(kept, next);
        },
      );
    },
    [schema],
  );
  return { draft, edit, latest };
}
