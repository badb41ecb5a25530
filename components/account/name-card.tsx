'use client';

import { Button, Group, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Card } from '@/components/ui/card';
import { useCheckedForm } from '@/components/ui/inputs/use-checked-form';
import { tell } from '@/components/ui/notices';
import type { AccountView } from '@/server/features/accounts/schema';

/** What others see one called. */
export function NameCard({ account }: { account: AccountView }) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const change = useMutation(trpc.accounts.changeName.mutationOptions());
  const checked = useCheckedForm({
    schema: async () => (await import('@/server/features/accounts/schema')).ChangeName,
    send: async (value) => {
      await change.mutateAsync(value);
      tell('Your name is saved.');
      await queryClient.invalidateQueries(trpc.accounts.pathFilter());
      router.refresh();
    },
  });
  return (
    <Card title="Name">
      <form {...checked.form}>
        <Group align="flex-start" gap="sm">
          <TextInput
            label="Your name"
            description="Your team sees it, and the audit log."
            {...checked.field('name')}
            autoComplete="name"
            defaultValue={account.name}
            style={{ flex: '1 1 240px' }}
          />
        </Group>
        {checked.general ? (
          <Text size="sm" c="red" mt="xs" role="alert">
            {checked.general}
          </Text>
        ) : null}
        <Group justify="flex-end" mt="md">
          <Button {...checked.button}>Save name</Button>
        </Group>
      </form>
    </Card>
  );
}
