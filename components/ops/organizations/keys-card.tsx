'use client';

import { Text } from '@mantine/core';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { ReasonButton } from '@/components/ui/dialogs/reason-button';
import { Status } from '@/components/ui/status';
import { sats } from '@/components/ui/values/humanise';
import { Age } from '@/components/ui/values/now';
import type { OrganizationView } from '@/server/features/customers/schema';
import classes from '../ops.module.css';
import { LinesCard } from './lines-card';

type Key = OrganizationView['keys'][number];

/** The keys that act for an organization in the mode on show; each can be ended. */
export function KeysCard({ organization: { keys } }: { organization: OrganizationView }) {
  return (
    <LinesCard title="API keys" lines={keys} keyOf={({ id }) => id} none="No keys in this mode.">
      {(key) => <KeyLine apiKey={key} />}
    </LinesCard>
  );
}

function stateOf({ revokedAt, expiresAt }: Key): 'revoked' | 'expired' | null {
  if (revokedAt) return 'revoked';
  return expiresAt && expiresAt.getTime() < Date.now() ? 'expired' : null;
}

function KeyLine({ apiKey }: { apiKey: Key }) {
  const { id, name, mode, lastFour, scopes, lastUsedAt, maxSpendSatsPerDay } = apiKey;
  const state = stateOf(apiKey);
  return (
    <>
      <span className={classes.lineMain}>
        <span style={{ fontWeight: 500 }}>{name}</span>
        <span className={classes.sub}>
          <span className={classes.mono}>
            ek_{mode}_…{lastFour}
          </span>{' '}
          · {scopes.join(', ')}
          {maxSpendSatsPerDay === null ? '' : ` · at most ${sats(maxSpendSatsPerDay)} a day`}
        </span>
      </span>
      <span className="soft">
        {lastUsedAt ? (
          <>
            used <Age at={lastUsedAt} />
          </>
        ) : (
          'never used'
        )}
      </span>
      {state ? <Status value={state} /> : <Revoke keyId={id} name={name} />}
    </>
  );
}

function Revoke({ keyId, name }: { keyId: string; name: string }) {
  const trpc = useTRPC();
  const revoke = useAct(trpc.customers.revokeKey, {
    done: `The key “${name}” is revoked.`,
    refresh: [trpc.customers.pathFilter()],
  });
  return (
    <ReasonButton
      label="Revoke…"
      ariaLabel={`Revoke the key ${name}`}
      question={`Revoke the key “${name}”?`}
      verb="Revoke"
      color="red"
      readBy="The organization reads it in its audit log."
      busy={revoke.isPending}
      onConfirm={(reason) => revoke.mutateAsync({ keyId, reason })}
    >
      <Text size="sm">
        Whatever calls with it is refused within seconds, for good. Its tasks go on.
      </Text>
    </ReasonButton>
  );
}
