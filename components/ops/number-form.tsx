'use client';

import { Button, Group, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { z } from 'zod';
import { failureOf } from '@/components/trpc/failure';
import { NumberInput } from '@/components/ui/number-input';

/** A form of whole numbers that are saved together. */
export function NumberForm<Name extends string, Numbers>(props: {
  fields: readonly { name: Name; label: string; min: number; max: number }[];
  /** What is saved now. */
  saved: Record<Name, number>;
  /** Judges what stands in the fields, as what is to be saved. */
  read: (typed: Record<Name, number>) => z.ZodSafeParseResult<Numbers>;
  save: { mutate: (numbers: Numbers) => void; isPending: boolean; error: unknown };
}) {
  const { fields, read, save } = props;
  const [typed, setTyped] = useState<Record<Name, number | string>>(props.saved);
  const numbers = Object.fromEntries(fields.map(({ name }) => [name, Number(typed[name])]));
  const parsed = read(numbers as Record<Name, number>);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (parsed.success) save.mutate(parsed.data);
  };
  return (
    <form noValidate onSubmit={submit}>
      <Group gap="md" align="flex-start">
        {fields.map(({ name, label, min, max }) => (
          <NumberInput
            key={name}
            label={label}
            min={min}
            max={max}
            allowDecimal={false}
            w={280}
            maw="100%"
            value={typed[name]}
            onChange={(value) => setTyped({ ...typed, [name]: value })}
          />
        ))}
      </Group>
      {parsed.success ? null : (
        <Text size="sm" mt="sm" c="var(--urgent-text)">
          A number is outside of what is allowed.
        </Text>
      )}
      {save.error ? (
        <Text size="sm" mt="sm" role="alert" c="var(--urgent-text)">
          {failureOf(save.error).message}
        </Text>
      ) : null}
      <Button type="submit" mt="md" loading={save.isPending} disabled={!parsed.success}>
        Save
      </Button>
    </form>
  );
}
