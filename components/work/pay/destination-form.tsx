'use client';

import { Button, Group, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { failureOf } from '@/components/trpc/failure';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { tell } from '@/components/ui/notices';
import { useHydrated } from '@/components/ui/use-hydrated';
import type { PayoutSettings } from '@/server/features/payouts/schema';
import { ProofField } from './proof-field';

/**
 * Where payouts go: an address that is asked whether it takes them before it is kept. A change of it asks
 * for the password or for a code from an e-mail, where the sats are real.
 */
export function DestinationForm(props: {
  settings: Pick<PayoutSettings, 'destination' | 'asks'>;
  onSaved?: () => void;
}) {
  const { settings, onSaved } = props;
  const { destination } = settings;
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const hydrated = useHydrated();
  const [text, setText] = useState(destination ?? '');
  const [proof, setProof] = useState('');
  const [isRemoving, setRemoving] = useState(false);
  const save = useMutation(
    trpc.payouts.setDestination.mutationOptions({
      onSuccess: ({ destination: saved }) => {
        setText(saved ?? '');
        setProof('');
        setRemoving(false);
        tell(saved ? `Payouts go to ${saved} from now on.` : 'The address was taken away.');
        void queryClient.invalidateQueries(trpc.payouts.pathFilter());
        onSaved?.();
      },
    }),
  );
  const isChanged = text.trim() !== '' && text.trim() !== destination;
  const asks = isChanged || isRemoving ? settings.asks : null;
  const send = (address: string | null) =>
    save.mutate({
      address,
      ...(asks === 'password' ? { currentPassword: proof } : {}),
      ...(asks === 'code' ? { code: proof } : {}),
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send(text);
  };
  const failure = save.isError ? failureOf(save.error) : null;
  const isProofWrong = failure?.param === 'currentPassword' || failure?.param === 'code';
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
        error={failure && !isProofWrong ? failure.message : null}
      />
      {asks ? (
        <ProofField
          asks={asks}
          isChange={destination !== null}
          value={proof}
          onChange={setProof}
          error={isProofWrong ? failure.message : null}
        />
      ) : null}
      <Group gap="sm" mt="sm">
        <Button
          type="submit"
          variant="default"
          loading={save.isPending}
          disabled={!hydrated || !isChanged || (asks === 'code' && proof === '')}
        >
          Check and save
        </Button>
        {destination ? (
          <Button
            variant="subtle"
            color="gray"
            disabled={save.isPending || (isRemoving && asks === 'code' && proof === '')}
            onClick={() => (settings.asks && !isRemoving ? setRemoving(true) : send(null))}
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
