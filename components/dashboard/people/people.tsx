'use client';

import { Button, Group, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { QueryFailure } from '@/components/ui/failures/query-state';
import { PageBody } from '@/components/ui/frame/app-frame';
import { Icon } from '@/components/ui/icons';
import { Select } from '@/components/ui/inputs/select';
import { Loading } from '@/components/ui/loading';
import { PageHeader } from '@/components/ui/page-header';
import { Pager } from '@/components/ui/tables/pager';
import { SearchField } from '@/components/ui/tables/search-field';
import { useOpenedByAddress } from '@/components/ui/use-opened-by-address';
import dashboard from '../dashboard.module.css';
import { PausedWorkers } from './paused-workers';
import { PersonRow } from './person-row';
import { PoolInvitations } from './pool-invitations';
import { PublicPool } from './public-pool';
import { STATES, usePeopleFilter } from './use-people-filter';

const InviteWorkersDialog = dynamic(
  () => import('./invite-workers-dialog').then((file) => file.InviteWorkersDialog),
  { ssr: false },
);

/** The organization's own people: who they are, how they do, and who else may answer. */
export function People({ manages, mode }: { manages: boolean; mode: 'live' | 'test' }) {
  const trpc = useTRPC();
  const filter = usePeopleFilter();
  const [inviting, { open, close }] = useOpenedByAddress('new');
  const people = useQuery(
    trpc.people.list.queryOptions(
      { limit: 25, ...filter.query },
      // Who is online changes by itself.
      { placeholderData: keepPreviousData, refetchInterval: 15_000 },
    ),
  );
  const invite = manages ? (
    <Button leftSection={<Icon name="plus" />} onClick={open}>
      Invite people
    </Button>
  ) : null;
  return (
    <PageBody wide>
      <PageHeader
        title="People"
        about={
          mode === 'live'
            ? 'Your own people answer your live tasks.'
            : 'Your own people answer your live tasks; in test mode simulated workers do.'
        }
        actions={invite}
      />
      <div className={dashboard.stack}>
        {people.isError ? (
          <QueryFailure query={people} />
        ) : (
          <Card flush>
            {filter.isNarrowed || (people.data?.data.length ?? 0) > 0 ? (
              <Filters filter={filter} />
            ) : null}
            {people.isPending ? <Loading height={14} m={20} width="50%" /> : null}
            {people.data?.data.map((person) => (
              <PersonRow key={person.workerId} person={person} manages={manages} />
            ))}
            {people.data?.data.length === 0 && filter.isNarrowed ? (
              <Text size="sm" c="dimmed" p={20}>
                Nobody fits.{' '}
                <Button variant="subtle" size="compact-sm" onClick={filter.clear}>
                  Show everybody
                </Button>
              </Text>
            ) : null}
            {people.data?.data.length === 0 && !filter.isNarrowed ? (
              <EmptyState icon={<Icon name="people" />} title="No people yet" action={invite}>
                Invite people who know the subject. They get your live tasks first, and you see how
                well each of them answers.
              </EmptyState>
            ) : null}
            <Pager pages={filter.pages} next={people.data?.next_cursor} />
          </Card>
        )}
        <PausedWorkers manages={manages} />
        {manages ? <PoolInvitations /> : null}
        <PublicPool manages={manages} />
      </div>
      {manages ? <InviteWorkersDialog opened={inviting} onClose={close} /> : null}
    </PageBody>
  );
}

function Filters({ filter }: { filter: ReturnType<typeof usePeopleFilter> }) {
  const trpc = useTRPC();
  const skills = useQuery(trpc.people.skills.queryOptions());
  return (
    <Group gap="sm" px={20} pt={16} pb={14}>
      <SearchField
        label="Name or address"
        leftSection={<Icon name="search" size={14} />}
        value={filter.search}
        onChange={(search) => filter.set({ search })}
        maxLength={120}
      />
      <Select
        aria-label="Skill"
        placeholder="Any skill"
        clearable
        w={190}
        value={filter.skill}
        onChange={(value) => filter.set({ skill: value })}
        data={(skills.data ?? []).map(({ name }) => name)}
      />
      <Select
        aria-label="State"
        placeholder="Any state"
        clearable
        w={140}
        value={filter.state}
        onChange={(value) => filter.set({ state: value })}
        data={STATES}
      />
    </Group>
  );
}
