'use client';

import { Button, Group, NumberInput, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { failureOf } from '@/components/trpc/failure';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Card } from '@/components/ui/card';
import { tell } from '@/components/ui/notices';
import { AppealNumbers } from '@/server/features/settings/schema';

const FIELDS = [
  { name: 'hours', label: 'Hours until decided in the worker’s favour', max: 720 },
  { name: 'openPerWorker', label: 'Open appeals of one worker, at most', max: 100 },
] as const;

/** How long an appeal may take, and how many may be open. */
export function AppealSettings({ numbers }: { numbers: AppealNumbers }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [fields, setFields] = useState<Record<keyof AppealNumbers, number | string>>(numbers);
  const parsed = AppealNumbers.safeParse({
    hours: Number(fields.hours),
    openPerWorker: Number(fields.openPerWorker),
  });
  const save = useMutation(
    trpc.settings.saveAppeals.mutationOptions({
      onSuccess: () => tell('Saved, for appeals that are made from now on.'),
      onSettled: () => queryClient.invalidateQueries(trpc.settings.pathFilter()),
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (parsed.success) save.mutate(parsed.data);
  };
  return (
    <Card title="Appeals">
      <form noValidate onSubmit={submit}>
        <Group gap="md" align="flex-start">
          {FIELDS.map(({ name, label, max }) => (
            <NumberInput
              key={name}
              label={label}
              min={1}
              max={max}
              allowDecimal={false}
              w={280}
              maw="100%"
              value={fields[name]}
              onChange={(value) => setFields({ ...fields, [name]: value })}
            />
          ))}
        </Group>
        {parsed.success ? null : (
          <Text size="sm" mt="sm" c="var(--urgent-text)">
            A number is outside of what is allowed.
          </Text>
        )}
        {save.isError ? (
          <Text size="sm" mt="sm" role="alert" c="var(--urgent-text)">
            {failureOf(save.error).message}
          </Text>
        ) : null}
        <Button type="submit" mt="md" loading={save.isPending} disabled={!parsed.success}>
          Save
        </Button>
      </form>
    </Card>
  );
}
