'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { FilterSelect } from '@/components/ops/filter-select';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { DownloadButton } from '@/components/ui/download-button';
import { EmptyState } from '@/components/ui/empty-state';
import { PageBody } from '@/components/ui/frame/app-frame';
import { Icon } from '@/components/ui/icons';
import { PageHeader } from '@/components/ui/page-header';
import { PromptLink } from '@/components/ui/prompt-link';
import { QueryCard } from '@/components/ui/query-card';
import { Status } from '@/components/ui/status';
import { SearchField } from '@/components/ui/tables/search-field';
import { Amount } from '@/components/ui/values/amount';
import { humanise, sats } from '@/components/ui/values/humanise';
import { Age } from '@/components/ui/values/now';
import { ORGANIZATION_STATES } from '@/server/features/customers/policy';
import type { OrganizationLine } from '@/server/features/customers/schema';
import { ORGANIZATION_FIELDS } from '../list-fields';
import type { FilterChanges, ListFilter } from '../list-filter';
import { ListPages } from '../list-pages';
import classes from '../ops.module.css';
import { useListFilter, withoutPage } from '../use-list-filter';

const COLUMNS = ['Organization', 'State', 'Balance', 'Open', 'Last 30 days', 'Last active'];

/** Every organization of the instance, with its figures in the mode on show. */
export function Organizations() {
  const trpc = useTRPC();
  const { filter, set } = useListFilter(ORGANIZATION_FIELDS);
  const list = useQuery(
    trpc.customers.list.queryOptions(filter, { placeholderData: keepPreviousData }),
  );
  const narrowed = Boolean(filter.search || filter.state);
  return (
    <PageBody wide>
      <PageHeader
        title="Organizations"
        about="Who uses this instance, what they have to spend, and how their tasks fare."
        actions={
          <DownloadButton href={`/ops/organizations/organizations.csv?${withoutPage(filter)}`} />
        }
      />
      <Filters filter={filter} onChange={set} />
      <QueryCard
        query={list}
        wait={{ width: '60%' }}
        empty={
          <EmptyState
            icon={<Icon name="building" />}
            title={narrowed ? 'No organization like that' : 'No organization yet'}
          >
            {narrowed
              ? 'Search by the beginning of a word of the name, by a member’s address, or by the id.'
              : 'Whoever signs up at /sign-up makes one.'}
          </EmptyState>
        }
      >
        {list.data && list.data.data.length > 0 ? (
          <div className={`${classes.row} ${classes.head}`} aria-hidden>
            {COLUMNS.map((column, at) => (
              <span key={column} className={at > 1 ? classes.number : undefined}>
                {column}
              </span>
            ))}
          </div>
        ) : null}
        {list.data?.data.map((line) => (
          <Row key={line.id} line={line} />
        ))}
      </QueryCard>
      <ListPages filter={filter} page={list.data} onChange={set} />
    </PageBody>
  );
}

function Row({ line }: { line: OrganizationLine }) {
  const { verifiedShare, lastActiveAt } = line;
  return (
    <PromptLink href={`/ops/organizations/${line.id}`} className={classes.row}>
      <span className="clip" style={{ fontWeight: 500 }}>
        {line.name}
      </span>
      <Status value={line.state} />
      <span className={classes.number}>
        <Amount sats={line.availableSats} />
        <small>
          <span className={classes.label}> · </span>
          {sats(line.heldSats)} held
        </small>
      </span>
      <span className={classes.number}>
        {line.openTasks.toLocaleString('en-US')}
        <span className={classes.label}> open tasks</span>
      </span>
      <span className={classes.number}>
        {line.endedTasks.toLocaleString('en-US')} {line.endedTasks === 1 ? 'task' : 'tasks'}
        <small>
          <span className={classes.label}> in 30 days · </span>
          {verifiedShare === null ? 'none verified yet' : `${percent(verifiedShare)} verified`}
        </small>
      </span>
      <span className={`${classes.number} soft`}>
        <span className={classes.label}>Last active </span>
        {lastActiveAt ? <Age at={lastActiveAt} /> : 'never'}
      </span>
    </PromptLink>
  );
}

const percent = (share: number) => `${Math.round(share * 100)} %`;

function Filters(props: {
  filter: ListFilter<typeof ORGANIZATION_FIELDS>;
  onChange: (changes: FilterChanges<typeof ORGANIZATION_FIELDS>) => void;
}) {
  const { filter, onChange } = props;
  return (
    <search className={classes.filters} aria-label="Filter the organizations">
      <SearchField
        className={classes.search}
        label="Name, member’s address or id"
        value={filter.search}
        onChange={(search) => onChange({ search })}
      />
      <FilterSelect
        label="State"
        any="Any state"
        value={filter.state}
        onChange={(state) => onChange({ state })}
        options={ORGANIZATION_STATES}
        wordOf={humanise}
      />
    </search>
  );
}
