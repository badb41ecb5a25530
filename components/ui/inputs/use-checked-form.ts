'use client';

import { type FormEvent, useRef, useState } from 'react';
import type { z } from 'zod';
import { failureOf } from '@/components/trpc/failure';
import { useHydrated } from '@/components/ui/use-hydrated';

interface CheckedForm<Schema extends z.ZodType, Typed extends object> {
  /** The schema the server validates the same fields with; loaded on demand, since it is large. */
  schema: () => Promise<Schema>;
  /** Values sent with those of the fields. */
  extra?: Record<string, unknown>;
  /** The initial values of controlled fields, which `bind` connects. */
  initial?: Typed;
  /** The values to send, of those of controlled fields; defaults to the values of the named inputs. */
  values?: (typed: Typed) => Record<string, unknown>;
  /** Fields that count as not given when left empty. */
  optional?: readonly string[];
  /** Sends the parsed values. A rejection is shown in the form, which stays busy until this settles. */
  send: (value: z.output<Schema>) => Promise<unknown>;
}

/**
 * A form validated by the server's own schema. An error found by either side is shown at its field, which
 * takes the focus; an error that belongs to no field is `general`.
 */
export function useCheckedForm<Schema extends z.ZodType, Typed extends object = object>(
  form: CheckedForm<Schema, Typed>,
) {
  const ref = useRef<HTMLFormElement>(null);
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [general, setGeneral] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [typed, setTyped] = useState((form.initial ?? {}) as Typed);
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
    const values = () => (form.values ? form.values(typed) : given());
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

  const field = (name: string) => ({ name, error: faults[name] });
  return {
    faults,
    /** The values of the controlled fields. */
    typed,
    /** For an input that keeps its own value: its name and error. */
    field,
    /** For a controlled input, whose change is a value or an event. */
    bind: <Name extends keyof Typed & string>(name: Name) => ({
      ...field(name),
      value: typed[name],
      onChange: (change: unknown) => {
        // Read now: an event has no target any more once the update runs.
        const value = changedTo(change);
        setTyped((before) => ({ ...before, [name]: value }));
      },
    }),
    general,
    busy,
    /** Clears the errors and the controlled fields. */
    reset: () => {
      setTyped((form.initial ?? {}) as Typed);
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

/** What a field was changed to, which some components pass in an event. */
export function changedTo(change: unknown): unknown {
  const isEvent = typeof change === 'object' && change !== null && 'currentTarget' in change;
  return isEvent ? (change.currentTarget as HTMLInputElement).value : change;
}
