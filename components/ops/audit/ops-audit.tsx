'use client';

import { Anchor, Button, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { FilterSelect } from '@/components/ops/filter-select';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { DownloadButton } from '@/components/ui/download-button';
import { EmptyState } from '@/components/ui/empty-state';
import { PageBody } from '@/components/ui/frame/app-frame';
import { Icon } from '@/components/ui/icons';
import { DayRange } from '@/components/ui/inputs/day-range';
import { PageHeader } from '@/components/ui/page-header';
import { QueryCard } from '@/components/ui/query-card';
import { SearchField } from '@/components/ui/tables/search-field';
import { auditFacts } from '@/components/ui/values/audit-facts';
import { humanise } from '@/components/ui/values/humanise';
import { Age } from '@/components/ui/values/now';
import { AUDIT_NOUNS } from '@/server/features/organizations/policy';
import type { InstanceAuditRecord } from '@/server/features/organizations/schema';
import { AUDIT_FIELDS } from '../list-fields';
import type { FilterChanges, ListFilter } from '../list-filter';
import { ListPages } from '../list-pages';
import classes from '../ops.module.css';
import { useListFilter, withoutPage } from '../use-list-filter';

/** Who did what on the whole instance, newest first. */
export function OpsAudit() {
  const trpc = useTRPC();
  const { filter, set } = useListFilter(AUDIT_FIELDS);
  const log = useQuery(
    trpc.organizations.instanceAudit.queryOptions(filter, {
      placeholderData: keepPreviousData,
    }),
  );
  return (
    <PageBody wide>
      <PageHeader
        title="Audit log"
        about="Every privileged act of operators, members and the instance itself: who, what, where from, when and why. Organizations read their own part."
        actions={<DownloadButton href={`/ops/audit/audit.csv?${withoutPage(filter)}`} />}
      />
      <Filters filter={filter} onChange={set} />
      <QueryCard
        query={log}
        empty={
          <EmptyState icon={<Icon name="log" />} title="Nothing of this kind has been done">
            Take a filter away to see more.
          </EmptyState>
        }
      >
        {log.data?.data.map((record) => (
          <Entry key={record.id} record={record} onWho={(who) => set({ who })} />
        ))}
      </QueryCard>
      <ListPages filter={filter} page={log.data} onChange={set} />
    </PageBody>
  );
}

/** The words for who acts by no name of their own. */
function whoOf({ actor, actorLabel }: InstanceAuditRecord): string {
  if (actorLabel === 'system') return 'The instance';
  const [kind = '', id = ''] = actorLabel.split(':');
  return actor === actorLabel ? `${humanise(kind)} ${id.slice(0, 13)}…` : actor;
}

function Entry(props: { record: InstanceAuditRecord; onWho: (who: string) => void }) {
  const { record, onWho } = props;
  const { reason, ...rest } = record.data;
  const facts = auditFacts(rest);
  const [kind = ''] = record.actorLabel.split(':');
  return (
    <div className={classes.line} data-testid="audit-entry">
      <span className={classes.lineMain}>
        <span style={{ fontWeight: 500 }}>{humanise(record.action)}</span>
        <span className="soft">
          {record.subjectName ? `: ${record.subjectName}` : ''}
          {record.organizationId ? (
            <>
              {' · '}
              <Anchor
                component={Link}
                href={`/ops/organizations/${record.organizationId}`}
                size="sm"
                underline="always"
              >
                {record.organization ?? 'an organization'}
              </Anchor>
            </>
          ) : null}
        </span>
        {typeof reason === 'string' && reason !== '' ? (
          <span style={{ display: 'block' }}>“{reason}”</span>
        ) : null}
        <span className={classes.sub}>{facts || (record.subjectName ? '' : record.subject)}</span>
      </span>
      <span className={classes.lineSide}>
        {kind === 'system' ? (
          <Text span size="sm">
            {whoOf(record)}
          </Text>
        ) : (
          <Anchor
            component="button"
            type="button"
            size="sm"
            aria-label={`All by ${whoOf(record)}`}
            onClick={() => onWho(record.actorLabel.split(':')[1] ?? '')}
          >
            {whoOf(record)}
          </Anchor>
        )}
        {kind === 'system' ? null : <span className="soft">, {kind}</span>}
        <span className={classes.sub}>
          <Age at={record.at} />
          {record.network ? ` from ${record.network}` : ''}
        </span>
      </span>
    </div>
  );
}

function Filters(props: {
  filter: ListFilter<typeof AUDIT_FIELDS>;
  onChange: (changes: FilterChanges<typeof AUDIT_FIELDS>) => void;
}) {
  const { filter, onChange } = props;
  const { organizationId } = filter;
  return (
    <search className={classes.filters} aria-label="Filter the audit log">
      <FilterSelect
        label="Which acts"
        any="All acts"
        value={filter.noun}
        onChange={(noun) => onChange({ noun })}
        options={AUDIT_NOUNS}
        wordOf={humanise}
      />
      <SearchField
        className={classes.search}
        label="By whom"
        placeholder="E-mail address, id, or system"
        maxLength={254}
        value={filter.who}
        onChange={(who) => onChange({ who })}
      />
      <DayRange from={filter.from} to={filter.to} onChange={onChange} />
      {organizationId ? (
        <Button variant="default" onClick={() => onChange({ organizationId: null })}>
          Of all organizations
        </Button>
      ) : null}
    </search>
  );
}
