'use client';

import { Group, Stack, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import classes from '@/components/dashboard/settings.module.css';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { DownloadButton } from '@/components/ui/download-button';
import { PageBody } from '@/components/ui/frame/app-frame';
import { DayRange } from '@/components/ui/inputs/day-range';
import { Select } from '@/components/ui/inputs/select';
import { PageHeader } from '@/components/ui/page-header';
import { QueryCard } from '@/components/ui/query-card';
import { Pager, usePages } from '@/components/ui/tables/pager';
import { auditFacts } from '@/components/ui/values/audit-facts';
import { humanise } from '@/components/ui/values/humanise';
import { Age } from '@/components/ui/values/now';
import type { AuditRecord } from '@/server/features/organizations/schema';
import { type FilterName, useAuditFilter } from './use-audit-filter';

const SUBJECTS = [
  { value: 'api_key', label: 'API keys' },
  { value: 'endpoint', label: 'Webhooks' },
  { value: 'member', label: 'Members' },
  { value: 'invitation', label: 'Invitations' },
  { value: 'person', label: 'People' },
  { value: 'pool_invitation', label: 'Pool invitations' },
  { value: 'spend_limits', label: 'Limits' },
  { value: 'task_type', label: 'Task types' },
  { value: 'gold', label: 'Golds' },
  { value: 'review', label: 'Reviews' },
  { value: 'balance', label: 'Credits' },
  { value: 'organization', label: 'Organization' },
  { value: 'session', label: 'Sign-ins' },
  { value: 'account', label: 'Accounts' },
];

/** Who did what in the organization, newest first. */
export function AuditLog() {
  const trpc = useTRPC();
  const { filter, set } = useAuditFilter();
  const pages = usePages();
  const narrow = (changes: Partial<Record<FilterName, string | null>>) => {
    set(changes);
    pages.toFirst();
  };
  const members = useQuery(trpc.team.list.queryOptions());
  const log = useQuery(
    trpc.organizations.audit.queryOptions(
      { limit: 50, ...filter, ...pages.query },
      { placeholderData: keepPreviousData },
    ),
  );
  return (
    <PageBody>
      <PageHeader
        title="Audit log"
        about="Every privileged act, by whom and when."
        actions={
          <DownloadButton
            href={`/dashboard/settings/audit/audit.csv?${new URLSearchParams(filter)}`}
          />
        }
      />
      <Stack gap="md">
        <Group gap="sm">
          <Select
            aria-label="Which acts"
            placeholder="All acts"
            clearable
            w={180}
            value={filter.action ?? null}
            onChange={(action) => narrow({ action })}
            data={SUBJECTS}
          />
          <Select
            aria-label="By whom"
            placeholder="By anybody"
            clearable
            w={200}
            value={filter.actor ?? null}
            onChange={(actor) => narrow({ actor })}
            data={(members.data ?? []).map(({ userId, name }) => ({
              value: `member:${userId}`,
              label: name,
            }))}
          />
          <DayRange from={filter.from} to={filter.to} onChange={narrow} />
        </Group>
        <QueryCard
          query={log}
          empty={
            <Text size="sm" c="dimmed" p={20}>
              Nothing of this kind has been done.
            </Text>
          }
        >
          {log.data?.data.map((record) => (
            <AuditRow key={record.id} record={record} />
          ))}
          <Pager pages={pages} next={log.data?.next_cursor} />
        </QueryCard>
      </Stack>
    </PageBody>
  );
}

function AuditRow({ record }: { record: AuditRecord }) {
  const facts = auditFacts(record.data);
  return (
    <div className={classes.row}>
      <div className={classes.rowMain}>
        <Text fw={500}>{humanise(record.action)}</Text>
        <Text size="sm" c="dimmed" truncate title={facts}>
          {facts || record.subject}
        </Text>
      </div>
      <div className={classes.rowSide}>
        <Text size="sm">
          {record.actor === 'system' ? 'The instance' : record.actor}
          {record.network ? <span className="soft"> from {record.network}</span> : null}
        </Text>
        <Text size="sm" className="soft">
          <Age at={record.at} />
        </Text>
      </div>
    </div>
  );
}
