'use client';

import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import type { JsonRemark } from '@/components/editor/json-editor';
import { readJsonText } from '@/components/editor/json-text';
import { LONG_INPUT, useTRPC } from '@/components/trpc/trpc-provider';

const PAUSE_MS = 250;

export interface CheckedSchema {
  /** The schema as it is written, before anything is said of it; undefined while it is no JSON. */
  written: unknown;
  /** What is said of the schema as it stands, by place. */
  remarks: JsonRemark[];
  /** What the form is made of: the last schema that had no fault. */
  normalised: Record<string, unknown> | null;
  /** Whether the form is of an earlier text, since this one has a fault. */
  isStale: boolean;
  /** Whether the schema as it stands has been found good. */
  isGood: boolean;
}

/**
 * What the server says of a schema, a moment after its author pauses.
 * @param fallback the schema that applies where the text is empty; undefined while it is on its way.
 */
export function useSchemaCheck(text: string, fallback: unknown): CheckedSchema {
  const trpc = useTRPC();
  const [paused] = useDebouncedValue(text, PAUSE_MS);
  const reading = useMemo(
    () => (paused.trim() === '' ? { ok: true as const, value: fallback } : readJsonText(paused)),
    [paused, fallback],
  );
  const schema = reading.ok ? reading.value : undefined;
  const check = useQuery(
    trpc.tasks.checkSchema.queryOptions(
      { schema },
      { enabled: schema !== undefined, placeholderData: keepPreviousData, trpc: LONG_INPUT },
    ),
  );
  const lastGood = useRef<Record<string, unknown> | null>(null);
  const current = reading.ok && !check.isPlaceholderData ? check.data : undefined;
  if (current?.normalised) lastGood.current = current.normalised;
  const isGood = current?.normalised != null;
  return {
    written: schema,
    remarks: [
      ...(current?.fault ? [{ ...current.fault, severity: 'error' as const }] : []),
      ...(current?.warnings ?? []).map((each) => ({ ...each, severity: 'warning' as const })),
    ],
    normalised: current?.normalised ?? lastGood.current,
    isStale: !reading.ok || current?.fault != null,
    isGood,
  };
}
