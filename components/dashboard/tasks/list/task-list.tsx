'use client';

import { Button, Group, Stack } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useSearchParams } from 'next/navigation';
import { type ReactNode, type RefObject, useCallback, useMemo, useRef } from 'react';
import type { Role } from '@/components/dashboard/roles';
import classes from '@/components/dashboard/tasks/tasks.module.css';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useTaskChanges } from '@/components/trpc/use-changes';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { QueryFailure } from '@/components/ui/failures/query-state';
import { PageBody } from '@/components/ui/frame/app-frame';
import { Icon } from '@/components/ui/icons';
import { useListKeys } from '@/components/ui/keys/use-list-keys';
import { LoadingRows } from '@/components/ui/loading';
import { Menu, MenuLink } from '@/components/ui/menus/menu';
import { PageHeader } from '@/components/ui/page-header';
import type { TaskRow } from '@/server/features/tasks/find-tasks';
import { BulkBar } from './bulk-bar';
import { Filters } from './filters';
import {
  filterParametersOf,
  hrefOf,
  isFiltered,
  LIST_PATH,
  type ListState,
  listStateOf,
  pageOf,
} from './list-address';
import { TaskTable } from './task-table';
import { useSelection } from './use-selection';
import { useStableRows } from './use-stable-rows';

interface TaskListProps {
  role: Role;
  mode: 'live' | 'test';
  /** When the server read the page, so that the browser asks the same of it. */
  nowMs: number;
}

/** The organization's tasks, newest first. The filter is in the address, so it can be shared. */
export function TaskList({ role, mode, nowMs }: TaskListProps) {
  const params = useSearchParams();
  const address = params?.toString() ?? '';
  const state = useMemo(() => listStateOf(new URLSearchParams(address)), [address]);
  const chosen = useSelection(filterParametersOf(state).toString());
  const change = useCallback(
    (next: Partial<ListState>) => show(hrefOf(state, next), next),
    [state],
  );
  const search = useRef<HTMLInputElement>(null);
  return (
    <PageBody wide>
      <PageHeader
        title="Tasks"
        about="Every question you asked, newest first."
        actions={<ExportMenu state={state} mode={mode} />}
      />
      <Stack gap="md">
        <Filters state={state} change={change} clear={() => show(LIST_PATH)} searchRef={search} />
        <Found
          state={state}
          address={address}
          nowMs={nowMs}
          chosen={chosen}
          mayCancel={role !== 'viewer'}
          searchRef={search}
        />
      </Stack>
      <BulkBar ids={chosen.ids} clear={chosen.clear} />
    </PageBody>
  );
}

/**
 * Goes to an address of this page at once: the tasks are read by the browser, so the server need not
 * render the page first. Typing replaces the address, so that going back leaves the whole word.
 */
function show(href: string, change: Partial<ListState> = {}): void {
  if (change.search === undefined) window.history.pushState(null, '', href);
  else window.history.replaceState(null, '', href);
}

interface FoundProps {
  state: ListState;
  address: string;
  nowMs: number;
  chosen: ReturnType<typeof useSelection>;
  mayCancel: boolean;
  searchRef: RefObject<HTMLInputElement | null>;
}

/** The page of tasks that was asked for, kept up to date. */
function Found({ state, address, nowMs, chosen, mayCancel, searchRef }: FoundProps) {
  const trpc = useTRPC();
  const asked = useAsked(state, address, nowMs);
  const refetchInterval = useTaskChanges();
  const tasks = useQuery(
    trpc.tasks.find.queryOptions(asked, { refetchInterval, placeholderData: keepPreviousData }),
  );
  // While another page is read, the one before stays in sight.
  const page = tasks.isPlaceholderData ? undefined : tasks.data;
  const stable = useStableRows(page, address, chosen.ids.length > 0);
  const rows = page ? stable.rows : (tasks.data?.data ?? []);
  const list = useRef<HTMLDivElement>(null);
  const selection = mayCancel ? chosen.selection : null;
  useListKeys({
    list,
    rows: '[data-task]',
    noun: 'task',
    section: 'Tasks',
    search: searchRef,
    ...(selection
      ? { selection: { idKey: 'task', toggle: selection.toggle, clear: chosen.clear } }
      : {}),
  });
  return (
    <>
      <QueryFailure query={tasks} />
      {/* The button lies over the list, so that no row moves when it comes, and stays while a hand goes to it. */}
      <div {...stable.holders} className={classes.list}>
        {stable.waiting > 0 && !state.olderThan ? (
          <Button variant="default" size="xs" onClick={stable.showAll} className={classes.waiting}>
            {stable.waiting} new – show
          </Button>
        ) : null}
        <div
          ref={list}
          aria-busy={page === undefined || undefined}
          className={tasks.isPlaceholderData ? classes.stale : undefined}
        >
          <Rows rows={rows} isRead={page !== undefined} isPending={tasks.isPending}>
            <TaskTable rows={rows} selection={selection} />
            <NoTasks state={state} />
          </Rows>
        </div>
      </div>
      <Pages state={state} older={page?.older_than ?? null} newer={page?.newer_than ?? null} />
      <Keys maySelect={mayCancel} />
    </>
  );
}

/** The table, what stands for it while it is read, or what is said where there is none. */
function Rows(props: {
  rows: TaskRow[];
  isRead: boolean;
  isPending: boolean;
  children: [ReactNode, ReactNode];
}) {
  const [table, none] = props.children;
  if (props.isPending) {
    return (
      <Card flush>
        <LoadingRows label="Loading tasks" />
      </Card>
    );
  }
  if (props.rows.length > 0) return <Card flush>{table}</Card>;
  return props.isRead ? <Card flush>{none}</Card> : null;
}

function Keys({ maySelect }: { maySelect: boolean }) {
  return (
    <p className={classes.keys}>
      <kbd>j</kbd> <kbd>k</kbd> to move, <kbd>Enter</kbd> to open,{' '}
      {maySelect ? (
        <>
          <kbd>x</kbd> to select,{' '}
        </>
      ) : null}
      <kbd>/</kbd> to search
    </p>
  );
}

/** The question to the server. The first one is the one the server has answered already. */
function useAsked(state: ListState, address: string, nowMs: number) {
  const first = useRef(address);
  return useMemo(
    () => pageOf(state, first.current === address ? nowMs : Date.now()),
    [state, address, nowMs],
  );
}

function ExportMenu({ state, mode }: { state: ListState; mode: string }) {
  const href = (format: string) => {
    const params = filterParametersOf(state);
    params.set('format', format);
    params.set('mode', mode);
    return `${LIST_PATH}/export?${params}`;
  };
  return (
    <Menu
      side="bottom-end"
      button={(opens) => (
        <Button {...opens} variant="default">
          Export
        </Button>
      )}
    >
      <MenuLink href={href('csv')} download>
        CSV, for spreadsheets
      </MenuLink>
      <MenuLink href={href('jsonl')} download>
        JSON lines, whole tasks
      </MenuLink>
    </Menu>
  );
}

function NoTasks({ state }: { state: ListState }) {
  if (isFiltered(state) || state.olderThan || state.newerThan) {
    return (
      <EmptyState
        icon={<Icon name="list" />}
        title="Nothing matches"
        action={
          <Button variant="default" component={Link} href={LIST_PATH}>
            Show all tasks
          </Button>
        }
      >
        No task in this mode fits what you asked for. Search finds whole words and their beginnings.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<Icon name="list" />}
      title="No tasks yet"
      action={
        <Button component={Link} href="/dashboard">
          Send the first one
        </Button>
      }
    >
      A task is one question to a person. The overview has the command that asks one.
    </EmptyState>
  );
}

function Pages(props: { state: ListState; older: string | null; newer: string | null }) {
  const { state, older, newer } = props;
  if (!older && !newer) return null;
  return (
    <Group justify="space-between" component="nav" aria-label="Pages">
      <Group gap="xs">
        {newer ? (
          <>
            <Button variant="default" component={Link} href={hrefOf(state)}>
              Newest
            </Button>
            <Button
              variant="default"
              component={Link}
              href={hrefOf(state, { newerThan: newer })}
              leftSection={<Icon name="back" />}
            >
              Newer
            </Button>
          </>
        ) : null}
      </Group>
      {older ? (
        <Button
          variant="default"
          component={Link}
          href={hrefOf(state, { olderThan: older })}
          rightSection={<Icon name="arrow" />}
        >
          Older
        </Button>
      ) : null}
    </Group>
  );
}
