'use client';

import { Button, Group, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { failureOf } from '@/components/trpc/failure';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { tell } from '@/components/ui/notices';
import { useHydrated } from '@/components/ui/use-hydrated';

/** Where payouts go: an address that is asked whether it takes them before it is kept. */
export function DestinationForm(props: { destination: string | null; onSaved?: () => void }) {
  const { destination, onSaved } = props;
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const hydrated = useHydrated();
  const [text, setText] = useState(destination ?? '');
  const save = useMutation(
    trpc.payouts.setDestination.mutationOptions({
      onSuccess: ({ destination: saved }) => {
        setText(saved ?? '');
        tell(saved ? `Payouts go to ${saved} from now on.` : 'The address was taken away.');
        void queryClient.invalidateQueries(trpc.payouts.pathFilter());
        onSaved?.();
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ address: text });
  };
  return (
    <form method="post" noValidate onSubmit={submit} style={{ width: '100%', maxWidth: 480 }}>
      <TextInput
        label="Lightning address"
        description="Such as ada@wallet.example. We ask the wallet whether it takes payments."
        name="address"
        inputMode="email"
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={save.isError ? failureOf(save.error).message : null}
      />
      <Group gap="sm" mt="sm">
        <Button
          type="submit"
          variant="default"
          loading={save.isPending}
          disabled={!hydrated || text.trim() === '' || text.trim() === destination}
        >
          Check and save
        </Button>
        {destination ? (
          <Button
            variant="subtle"
            color="gray"
            disabled={save.isPending}
            onClick={() => save.mutate({ address: null })}
          >
            Take it away
          </Button>
        ) : null}
      </Group>
      {destination ? (
        <Text size="sm" c="dimmed" mt={8}>
          Payouts go to {destination}.
        </Text>
      ) : null}
    </form>
  );
}
