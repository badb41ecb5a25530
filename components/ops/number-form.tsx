'use client';

import { Button, Group, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { z } from 'zod';
import { FormFault } from '@/components/ui/inputs/form-fault';
import { NumberInput } from '@/components/ui/inputs/number-input';
import { useContract } from '@/components/ui/inputs/use-contract';

/** A form of whole numbers that are saved together. */
export function NumberForm<Name extends string, Numbers>(props: {
  fields: readonly { name: Name; label: string; min: number; max: number }[];
  /** What is saved now. */
  saved: Record<Name, number>;
  /** Loads the schema the numbers are validated with; must be a constant function. */
  contract: () => Promise<z.ZodType<Numbers>>;
  /** Turns the field values into what is saved; defaults to the values themselves. */
  read?: (typed: Record<Name, number>) => unknown;
  save: { mutate: (numbers: Numbers) => void; isPending: boolean; error: unknown };
}) {
  const { fields, read, save } = props;
  const contract = useContract(props.contract);
  const [typed, setTyped] = useState<Record<Name, number | string>>(props.saved);
  const numbers = Object.fromEntries(
    fields.map(({ name }) => [name, Number(typed[name])]),
  ) as Record<Name, number>;
  const parsed = contract?.safeParse(read ? read(numbers) : numbers);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (parsed?.success) save.mutate(parsed.data);
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
      {parsed?.success !== false ? null : (
        <Text size="sm" mt="sm" c="var(--urgent-text)">
          A number is outside of what is allowed.
        </Text>
      )}
      <FormFault inline mt="sm" error={save.error} />
      <Button type="submit" mt="md" loading={save.isPending} disabled={!parsed?.success}>
        Save
      </Button>
    </form>
  );
}
