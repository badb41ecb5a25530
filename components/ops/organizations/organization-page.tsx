'use client';

import { Alert, Anchor, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import type { ReactNode } from 'react';
import dashboard from '@/components/dashboard/dashboard.module.css';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { QueryState } from '@/components/ui/failures/query-state';
import { PageBody } from '@/components/ui/frame/app-frame';
import { Icon } from '@/components/ui/icons';
import { PageHeader } from '@/components/ui/page-header';
import { Status } from '@/components/ui/status';
import { sats } from '@/components/ui/values/humanise';
import { Age } from '@/components/ui/values/now';
import type { OrganizationView } from '@/server/features/customers/schema';
import classes from '../ops.module.css';
import { CreditButton, CreditsCard } from './credits-card';
import { DepositsCard } from './deposits-card';
import { EndpointsCard } from './endpoints-card';
import { KeysCard } from './keys-card';
import { MembersCard } from './members-card';
import { OrganizationStatement } from './organization-statement';
import { SuspendButton } from './suspend-button';
import { TypesCard } from './types-card';

const percent = (share: number) => `${Math.round(share * 100)} %`;

const POOLS: Record<OrganizationView['pool'], string> = {
  public: 'open to the public pool',
  vetted: 'open to approved workers of the public pool',
  own: 'answered by its own people alone',
};

/** One organization: what it has, who acts for it, how it fares, and what an operator can do. */
export function OrganizationPage({ organizationId }: { organizationId: string }) {
  const trpc = useTRPC();
  const view = useQuery(trpc.customers.get.queryOptions({ organizationId }));
  const organization = view.data;
  return (
    <PageBody wide>
      <Anchor component={Link} href="/ops/organizations" size="sm" c="dimmed">
        Organizations
      </Anchor>
      <QueryState query={view} height={320} mt="md" radius="lg" />
      {organization ? (
        <>
          <PageHeader
            title={organization.name}
            about={<About organization={organization} />}
            actions={
              organization.state === 'closed' ? null : (
                <>
                  <SuspendButton organization={organization} />
                  <CreditButton organization={organization} />
                </>
              )
            }
          />
          <div className={dashboard.stack}>
            <Suspended organization={organization} />
            <Figures organization={organization} />
            <CreditsCard organization={organization} />
            <DepositsCard organization={organization} />
            <OrganizationStatement organizationId={organizationId} />
            <TypesCard organization={organization} />
            <KeysCard organization={organization} />
            <EndpointsCard endpoints={organization.endpoints} />
            <MembersCard members={organization.members} />
          </div>
        </>
      ) : null}
    </PageBody>
  );
}

function About({ organization }: { organization: OrganizationView }) {
  const { id, state, mode, createdAt, closedAt, pool } = organization;
  return (
    <div className={classes.facts}>
      <Status value={state} />
      <span>·</span>
      <span>
        {mode} mode · live tasks are {POOLS[pool]} · since <Age at={createdAt} />
        {closedAt ? (
          <>
            {' '}
            · closed <Age at={closedAt} />
          </>
        ) : null}
      </span>
      <span className={classes.mono}>{id}</span>
      <Anchor component={Link} href={`/ops/audit?organizationId=${id}`} size="sm">
        Audit log
      </Anchor>
      <Anchor component={Link} href={`/ops/golds?organizationId=${id}`} size="sm">
        Golds
      </Anchor>
      <Anchor
        component={Link}
        href={`/ops/ledger/adjustments?owner=${id}&accountKind=organization_available`}
        size="sm"
      >
        Adjustments
      </Anchor>
    </div>
  );
}

function Suspended({ organization }: { organization: OrganizationView }) {
  const { suspendedAt, suspendedReason } = organization;
  if (!suspendedAt) return null;
  return (
    <Alert color="orange" role="status" icon={<Icon name="warning" />}>
      <Text size="sm">
        Suspended <Age at={suspendedAt} />: “{suspendedReason}”
      </Text>
    </Alert>
  );
}

function Figures({ organization }: { organization: OrganizationView }) {
  const { limits, appeals, lastActiveAt, endedTasks, verifiedShare } = organization;
  const { upheld, decided, low, high, byTime } = appeals.rate;
  return (
    <div className={dashboard.figures}>
      <Figure label="Available" value={sats(organization.availableSats)}>
        {limits.lowBalanceSats === null
          ? 'nobody is told of a low balance'
          : `told below ${sats(limits.lowBalanceSats)}`}
      </Figure>
      <Figure label="Held by open tasks" value={sats(organization.heldSats)}>
        {organization.openTasks} open
      </Figure>
      <Figure
        label="Verified, last 30 days"
        value={verifiedShare === null ? '–' : percent(verifiedShare)}
      >
        of {endedTasks.toLocaleString('en-US')} that ended
      </Figure>
      <Figure
        label="Spend cap a day"
        value={limits.maxSpendSatsPerDay === null ? 'None' : sats(limits.maxSpendSatsPerDay)}
      >
        of all keys and members together
      </Figure>
      <Figure label="Appeals won" value={decided === 0 ? '–' : percent(upheld / decided)}>
        {decided === 0
          ? 'none decided by people'
          : `${upheld} of ${decided}, ${percent(low)}–${percent(high)}`}
        {byTime > 0 ? `, ${byTime} by time` : ''}
        {appeals.open > 0 ? `, ${appeals.open} open` : ''}
      </Figure>
      <Figure label="Last active" value={lastActiveAt ? <Age at={lastActiveAt} /> : 'Never'}>
        a task, or a call with a key
      </Figure>
    </div>
  );
}

function Figure(props: { label: string; value: ReactNode; children: ReactNode }) {
  return (
    <div className={dashboard.figure}>
      <div className={dashboard.figureLabel}>{props.label}</div>
      <div className={dashboard.figureValue}>{props.value}</div>
      <div className={classes.sub}>{props.children}</div>
    </div>
  );
}
