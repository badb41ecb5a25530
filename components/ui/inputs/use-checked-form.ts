'use client';

import { type FormEvent, useRef, useState } from 'react';
import type { z } from 'zod';
import { failureOf } from '@/components/trpc/failure';
import { useHydrated } from '@/components/ui/use-hydrated';

interface CheckedForm<Schema extends z.ZodType> {
  /** The contract the server holds the same fields against; fetched when it is needed, since it is large. */
  schema: () => Promise<Schema>;
  /** What goes along with the fields. */
  extra?: Record<string, unknown>;
  /** Fields left empty that count as not given. */
  optional?: readonly string[];
  /** Sends what was written. Throw to show why it failed; stay busy until it resolves. */
  send: (value: z.output<Schema>) => Promise<unknown>;
}

/**
 * A form checked in place by the server's own schema: a fault stands at its field and takes the focus,
 * whichever side found it; what belongs to no field is told above.
 */
export function useCheckedForm<Schema extends z.ZodType>(form: CheckedForm<Schema>) {
  const ref = useRef<HTMLFormElement>(null);
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [general, setGeneral] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const hydrated = useHydrated();

  function show(found: Record<string, string>) {
    setFaults(found);
    const named = ref.current?.querySelectorAll<HTMLElement>('[name]') ?? [];
    const first = [...named].find((field) => found[field.getAttribute('name') ?? '']);
    first?.focus();
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const target = event.currentTarget;
    const given = [...new FormData(target)].filter(
      ([name, value]) => value !== '' || !form.optional?.includes(name),
    );
    setGeneral(null);
    setBusy(true);
    try {
      const schema = await form.schema();
      const parsed = schema.safeParse({ ...Object.fromEntries(given), ...form.extra });
      if (!parsed.success) {
        const issues = parsed.error.issues.toReversed();
        const pairs = issues.map(({ path, message }) => [path[0], message]);
        return show(Object.fromEntries(pairs) as Record<string, string>);
      }
      setFaults({});
      await form.send(parsed.data);
    } catch (error) {
      const { param, message } = failureOf(error);
      const isField = param !== null && target.querySelector(`[name="${CSS.escape(param)}"]`);
      if (isField) show({ [param]: message });
      else setGeneral(message);
    } finally {
      setBusy(false);
    }
  }

  return {
    faults,
    general,
    busy,
    /** For the form itself. */
    form: {
      ref,
      method: 'post',
      noValidate: true,
      onSubmit: (event: FormEvent<HTMLFormElement>) => void submit(event),
    } as const,
    /** For its button: dead until a press would do anything. */
    button: { type: 'submit', loading: busy, disabled: !hydrated } as const,
  };
}
