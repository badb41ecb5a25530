'use client';

import { Button, Group, Text } from '@mantine/core';
import { goToService } from '@/components/auth/session-calls';
import settings from '@/components/dashboard/settings.module.css';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { Card } from '@/components/ui/card';
import { ConfirmButton } from '@/components/ui/dialogs/confirm-button';
import { PROVIDER_NAMES } from '@/server/features/accounts/policy';
import type { AccountView, Provider } from '@/server/features/accounts/schema';

/** Accounts elsewhere that one signs in by; nothing where the instance knows none. */
export function ConnectedAccounts(props: { account: AccountView; services: Provider[] }) {
  const { account, services } = props;
  const connected = account.identities.map(({ provider }) => provider);
  const shown = [...new Set([...services, ...connected])];
  if (shown.length === 0) return null;
  return (
    <Card flush title="Connected accounts">
      {shown.map((provider) => {
        const identity = account.identities.find((each) => each.provider === provider);
        return (
          <div key={provider} className={settings.row}>
            <div className={settings.rowMain}>
              <Text fw={500}>{PROVIDER_NAMES[provider]}</Text>
              <Text size="sm" c="dimmed">
                {identity ? identity.email || 'Connected' : 'Not connected'}
              </Text>
            </div>
            {identity ? (
              <Disconnect provider={provider} />
            ) : (
              <Button
                variant="default"
                size="xs"
                onClick={() => void goToService(provider, '/account')}
              >
                Connect
              </Button>
            )}
          </div>
        );
      })}
    </Card>
  );
}

function Disconnect({ provider }: { provider: Provider }) {
  const trpc = useTRPC();
  const name = PROVIDER_NAMES[provider];
  const disconnect = useAct(trpc.accounts.disconnectIdentity, {
    done: `${name} lets you in no more.`,
    refresh: [trpc.accounts.pathFilter()],
  });
  return (
    <Group>
      <ConfirmButton
        label="Disconnect"
        ariaLabel={`Disconnect ${name}`}
        question={`Disconnect ${name}?`}
        verb="Disconnect"
        busy={disconnect.isPending}
        onConfirm={() => disconnect.mutateAsync({ provider })}
      >
        You cannot sign in with it any more, until you connect it again.
      </ConfirmButton>
    </Group>
  );
}
