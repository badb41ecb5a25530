'use client';

import { type FormEvent, useRef, useState } from 'react';
import type { z } from 'zod';
import { failureOf } from '@/components/trpc/failure';
import { useHydrated } from '@/components/ui/use-hydrated';

interface CheckedForm<Schema extends z.ZodType> {
  /** The schema the server validates the same fields with; loaded on demand, since it is large. */
  schema: () => Promise<Schema>;
  /** Values sent with those of the fields. */
  extra?: Record<string, unknown>;
  /** The values, for forms whose fields are controlled; by default those of the named inputs. */
  values?: () => Record<string, unknown>;
  /** Fields that count as not given when left empty. */
  optional?: readonly string[];
  /** Sends the parsed values. A rejection is shown in the form, which stays busy until this settles. */
  send: (value: z.output<Schema>) => Promise<unknown>;
}

/**
 * A form validated by the server's own schema. An error found by either side is shown at its field, which
 * takes the focus; an error that belongs to no field is `general`.
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
    const given = () => {
      const fields = [...new FormData(target)];
      return Object.fromEntries(
        fields.filter(([name, value]) => value !== '' || !form.optional?.includes(name)),
      );
    };
    const values = form.values ?? given;
    setGeneral(null);
    setBusy(true);
    try {
      const schema = await form.schema();
      const parsed = schema.safeParse({ ...values(), ...form.extra });
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
    /** Forgets what was refused. */
    reset: () => {
      setFaults({});
      setGeneral(null);
    },
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
