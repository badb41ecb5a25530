'use client';

import { Badge, Button, Group, Stack, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Card } from '@/components/ui/card';
import { Dialog } from '@/components/ui/dialogs/dialog';
import { DialogActions } from '@/components/ui/dialogs/dialog-actions';
import { QueryFailure } from '@/components/ui/failures/query-state';
import { PageBody } from '@/components/ui/frame/app-frame';
import { Loading } from '@/components/ui/loading';
import { PageHeader } from '@/components/ui/page-header';
import { Amount } from '@/components/ui/values/amount';
import { duration, sats } from '@/components/ui/values/humanise';
import { TYPE_NAME, TYPE_NAME_FAULT } from '@/server/features/task-types/policy';
import type { TaskType } from '@/server/features/task-types/schema';
import type { TypeFigures } from '@/server/features/tasks/schema';
import classes from './task-types.module.css';

/** The kinds of question an organization asks, its own first, with how they fare. */
export function TypeList({ mayChange }: { mayChange: boolean }) {
  const trpc = useTRPC();
  const types = useQuery(trpc.taskTypes.list.queryOptions({}));
  const figures = useQuery(trpc.tasks.typeFigures.queryOptions());
  const [naming, dialog] = useDisclosure(false);
  const own = types.data?.data.filter(({ shipped }) => !shipped) ?? [];
  const shipped = types.data?.data.filter((type) => type.shipped) ?? [];
  const figuresOf = (type: string) => figures.data?.find((each) => each.type === type);
  return (
    <PageBody>
      <PageHeader
        title="Task types"
        about="Saved defaults: what is asked, how it is checked, and what it pays."
        actions={mayChange ? <Button onClick={dialog.open}>New task type</Button> : null}
      />
      {types.isError ? (
        <QueryFailure query={types} />
      ) : (
        <Stack gap="lg">
          {types.isPending ? <Loading height={200} radius="lg" label="Loading" /> : null}
          {types.data && own.length === 0 ? (
            <Card title="Your own">
              <span className={classes.soft}>
                None yet. Change one that ships, or make one of your own.
              </span>
            </Card>
          ) : null}
          <TypeRows title="Your own" types={own} figuresOf={figuresOf} />
          <TypeRows title="Ready to use" types={shipped} figuresOf={figuresOf} />
        </Stack>
      )}
      <NewType opened={naming} onClose={dialog.close} taken={own.map(({ type }) => type)} />
    </PageBody>
  );
}

function TypeRows(props: {
  title: string;
  types: TaskType[];
  figuresOf: (type: string) => TypeFigures | undefined;
}) {
  if (props.types.length === 0) return null;
  return (
    <Card title={props.title} flush>
      {props.types.map((type) => (
        <TypeRow key={type.type} type={type} figures={props.figuresOf(type.type)} />
      ))}
    </Card>
  );
}

function TypeRow({ type, figures }: { type: TaskType; figures: TypeFigures | undefined }) {
  const share = figures && figures.ended > 0 ? figures.verified / figures.ended : null;
  return (
    <Link href={`/dashboard/task-types/${type.type}`} className={classes.typeRow} prefetch={false}>
      <div className={classes.grow}>
        <Group gap={8}>
          <strong>{type.title}</strong>
          {type.pool === 'organization' ? <Badge color="gray">Own people</Badge> : null}
        </Group>
        <div className={classes.mono}>
          {type.type}
          {type.shipped ? '' : ` · version ${type.version}`}
        </div>
      </div>
      <div className={classes.figure}>
        {type.payout_sats === null ? 'No payout set' : <Amount sats={type.payout_sats} />}
        <small>{type.sla_seconds === null ? 'no SLA set' : duration(type.sla_seconds)}</small>
        {figures?.satsPerHour ? <small>{sats(Math.round(figures.satsPerHour))}/h</small> : null}
      </div>
      <div className={classes.figure}>
        {figures ? `${figures.tasks} ${figures.tasks === 1 ? 'task' : 'tasks'}` : 'No tasks'}
        <small>last 30 days</small>
      </div>
      <div className={classes.figure}>
        {share === null ? '–' : `${Math.round(share * 100)} % verified`}
        <small>
          {figures?.p50Seconds == null ? '' : `half within ${duration(figures.p50Seconds)}`}
        </small>
      </div>
    </Link>
  );
}

function NewType(props: { opened: boolean; onClose: () => void; taken: string[] }) {
  const router = useRouter();
  const [name, setName] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const given = name.trim();
    if (!TYPE_NAME.test(given)) return setFault(TYPE_NAME_FAULT);
    if (props.taken.includes(given)) return setFault('You have a type of that name.');
    router.push(`/dashboard/task-types/${given}`);
  };
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title="New task type">
      <form onSubmit={submit} noValidate>
        <TextInput
          label="Name"
          description="Tasks say it as their type. It cannot be changed later."
          placeholder="bird_photo"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={fault}
          spellCheck={false}
          data-autofocus
        />
        <DialogActions mt="lg" onCancel={props.onClose}>
          Go on
        </DialogActions>
      </form>
    </Dialog>
  );
}
