'use client';

import { Alert, Button, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { readBalance } from '@/components/dashboard/snippets/read-balance';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Card } from '@/components/ui/card';
import { CodeTabs } from '@/components/ui/code/code-tabs';
import { EmptyState } from '@/components/ui/empty-state';
import { PageBody } from '@/components/ui/frame/app-frame';
import { Icon } from '@/components/ui/icons';
import { PageHeader } from '@/components/ui/page-header';
import { QueryCard } from '@/components/ui/query-card';
import { Status } from '@/components/ui/status';
import { useOpenedByAddress } from '@/components/ui/use-opened-by-address';
import { Age } from '@/components/ui/values/now';
import type { ListedApiKey } from '@/server/features/api-keys';
import { RevokeKey, RollKey } from './api-key-actions';
import classes from './api-keys.module.css';
import { CapKey } from './cap-key';
import { CreateApiKeyDialog, SCOPES } from './create-api-key-dialog';

interface ApiKeysProps {
  mode: 'live' | 'test';
  role: 'owner' | 'admin' | 'developer' | 'viewer';
  publicUrl: string;
}

/** The mode's API keys: make one, see when each was used, revoke it. */
export function ApiKeys({ mode, role, publicUrl }: ApiKeysProps) {
  const trpc = useTRPC();
  const keys = useQuery(trpc.apiKeys.list.queryOptions({}));
  const [creating, { open, close }] = useOpenedByAddress('new');
  const mayManage =
    role === 'owner' || role === 'admin' || (role === 'developer' && mode === 'test');
  const create = mayManage ? (
    <Button leftSection={<Icon name="plus" />} onClick={open}>
      Create key
    </Button>
  ) : null;
  return (
    <PageBody>
      <PageHeader
        title="API keys"
        about={
          mode === 'test'
            ? 'Test keys start with ek_test_ and reach simulated workers.'
            : 'Live keys start with ek_live_ and reach people, for real sats.'
        }
        actions={create}
      />
      <Stack gap="md">
        {mayManage ? null : (
          <Alert color="gray" icon={<Icon name="key" />}>
            {role === 'developer'
              ? 'Owners and admins create and revoke live keys; you can do so in test mode.'
              : 'Owners, admins and developers create and revoke keys.'}
          </Alert>
        )}
        <QueryCard
          query={keys}
          empty={
            <EmptyState icon={<Icon name="key" />} title="No keys in this mode" action={create}>
              An agent signs its requests with a key. Make one for each program, so that each can be
              revoked alone.
            </EmptyState>
          }
        >
          {keys.data?.data.map((key) => (
            <KeyRow
              key={key.id}
              apiKey={key}
              mayManage={mayManage}
              mayCap={role === 'owner' || role === 'admin'}
            />
          ))}
        </QueryCard>
        <Card title="Use a key">
          <Stack gap={10}>
            <Text size="sm" c="dimmed">
              Set <code>HUMANRAIL_API_KEY</code> to its text. This prints the balance, so it shows
              that the key works.
            </Text>
            <CodeTabs
              code={(language) => readBalance(language, { key: null, publicUrl })}
              does="reads the balance"
              maxHeight={300}
            />
          </Stack>
        </Card>
      </Stack>
      <CreateApiKeyDialog mode={mode} opened={creating} onClose={close} />
    </PageBody>
  );
}

/** What it has spent today, beside the most that it may. */
function spendingOf({ spentTodaySats, maxSpendSatsPerDay }: ListedApiKey): string | null {
  const spent = spentTodaySats.toLocaleString('en-US');
  if (maxSpendSatsPerDay !== null) {
    return ` · ${spent} of at most ${maxSpendSatsPerDay.toLocaleString('en-US')} sats spent today`;
  }
  return spentTodaySats > 0n ? ` · ${spent} sats spent today` : null;
}

function KeyRow({
  apiKey,
  mayManage,
  mayCap,
}: {
  apiKey: ListedApiKey;
  mayManage: boolean;
  mayCap: boolean;
}) {
  const expired = apiKey.expiresAt !== null && apiKey.expiresAt.getTime() < Date.now();
  const dead = apiKey.revokedAt !== null || expired;
  return (
    <div className={classes.row} data-dead={dead || undefined}>
      <div style={{ minWidth: 0 }}>
        <Text fw={500} truncate>
          {apiKey.name}
        </Text>
        <Text size="sm" c="dimmed" ff="monospace">
          ek_{apiKey.mode}_…{apiKey.lastFour}
        </Text>
      </div>
      <Text size="sm" c="dimmed" className={classes.facts}>
        Created <Age at={apiKey.createdAt} />
        {' · '}
        {apiKey.lastUsedAt ? (
          <>
            used <Age at={apiKey.lastUsedAt} />
          </>
        ) : (
          'never used'
        )}
        {spendingOf(apiKey)}
        {dead || apiKey.expiresAt === null
          ? null
          : ` · ends ${apiKey.expiresAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`}
        {apiKey.scopes.length === SCOPES.length ? null : ` · ${apiKey.scopes.join(', ')}`}
      </Text>
      <div className={classes.action}>
        {apiKey.revokedAt ? <Status value="revoked" /> : null}
        {!apiKey.revokedAt && expired ? <Status value="expired" /> : null}
        {!dead && mayManage ? (
          <>
            {mayCap ? <CapKey apiKey={apiKey} /> : null}
            <RollKey apiKey={apiKey} />
            <RevokeKey apiKey={apiKey} />
          </>
        ) : null}
      </div>
    </div>
  );
}
