'use client';

import { Badge, Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import dynamic from 'next/dynamic';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { ConfirmButton } from '@/components/ui/dialogs/confirm-button';
import { duration, humanise } from '@/components/ui/values/humanise';
import { Age } from '@/components/ui/values/now';
import type { Person, PersonPace, PersonSkill } from '@/server/features/people/schema';
import classes from './people.module.css';
import { PersonTypes } from './person-types';

const EditPersonDialog = dynamic(
  () => import('./edit-person-dialog').then((file) => file.EditPersonDialog),
  { ssr: false },
);

/** One person: who, how well, how fast, how busy, and what may be done about it. */
export function PersonRow({ person, manages }: { person: Person; manages: boolean }) {
  return (
    <article className={classes.row} aria-label={person.name}>
      <div className={classes.who}>
        <Group gap={8}>
          <Text fw={500} truncate>
            {person.name}
          </Text>
          {person.guest ? <Badge variant="default">Guest</Badge> : null}
          {person.status === 'paused' ? <Badge color="orange">Paused</Badge> : null}
        </Group>
        <Text size="sm" c="dimmed" truncate title={person.email ?? undefined}>
          {person.email ?? 'No address'}
        </Text>
        <Text size="sm" c="dimmed">
          <span className={classes.presence} data-online={person.online || undefined}>
            {person.online ? 'Online' : 'Offline'}
          </span>
          {!person.online && person.lastSeenAt ? (
            <>
              , seen <Age at={person.lastSeenAt} />
            </>
          ) : null}
          {!person.online && !person.lastSeenAt ? ', never seen' : null}
        </Text>
        {person.pausedElsewhere ? (
          <Text size="sm" c="dimmed">
            Paused in their own pool
          </Text>
        ) : null}
      </div>
      <Skills skills={person.skills} />
      <dl className={classes.facts}>
        <dt>In hand</dt>
        <dd>{person.guest ? person.open : `${person.open} of ${person.capacity}`}</dd>
        <dt>Up to</dt>
        <dd>
          {humanise(person.tier)} risk{person.tierAuto ? ', moved by checked answers' : ''}
        </dd>
        <dt>Answers</dt>
        <dd>
          {person.answers.accepted} accepted
          {person.answers.rejected > 0 ? `, ${person.answers.rejected} rejected` : ''}
        </dd>
        <dt>Pace</dt>
        <dd>
          <Pace pace={person.pace} />
        </dd>
      </dl>
      {manages ? <Actions person={person} /> : null}
      <PersonTypes person={person} manages={manages} />
    </article>
  );
}

function Skills({ skills }: { skills: PersonSkill[] }) {
  if (skills.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        No skills: only tasks that ask for none.
      </Text>
    );
  }
  return (
    <ul className={classes.skills} aria-label="Skills and accuracy">
      {skills.map(({ skill, paused, accuracy }) => (
        <li key={skill}>
          <span className={classes.skillName}>
            {humanise(skill)}
            {paused ? <span className="urgent"> paused by the checks</span> : null}
          </span>
          {accuracy && accuracy.total > 0 ? (
            <>
              <span
                className={classes.interval}
                style={
                  {
                    '--lower': `${accuracy.lower * 100}%`,
                    '--upper': `${accuracy.upper * 100}%`,
                    '--mean': `${accuracy.mean * 100}%`,
                  } as React.CSSProperties
                }
                aria-hidden="true"
              />
              <span
                className={classes.accuracy}
                title={`${accuracy.correct} of ${accuracy.total} checked answers right; the interval holds 90 %`}
              >
                {percent(accuracy.mean)} %{' '}
                <span className={classes.soft}>
                  {percent(accuracy.lower)}–{percent(accuracy.upper)}
                </span>
              </span>
            </>
          ) : (
            <span className={classes.soft}>{accuracy ? 'not checked yet' : 'granted here'}</span>
          )}
        </li>
      ))}
    </ul>
  );
}

const percent = (share: number) => Math.round(share * 100);

function Pace({ pace }: { pace: PersonPace[] }) {
  if (pace.length === 0) return 'no answers yet';
  return (
    <span className={classes.pace}>
      {pace.slice(0, 3).map(({ type, answers, medianSeconds, typeMedianSeconds }) => (
        <span key={type} title={`Median of ${answers} answers`}>
          {humanise(type)} {duration(medianSeconds)}
          {typeMedianSeconds === null ? null : (
            <span className={classes.soft}> (usual {duration(typeMedianSeconds)})</span>
          )}
        </span>
      ))}
    </span>
  );
}

function Actions({ person }: { person: Person }) {
  const trpc = useTRPC();
  const [editing, { open, close }] = useDisclosure(false);
  const refresh = [trpc.people.pathFilter()];
  const { workerId, name, guest } = person;
  const paused = person.status === 'paused';
  const setStatus = useAct(trpc.people.setStatus, {
    done: ({ status }) =>
      status === 'paused' ? `${name} gets no new tasks.` : `${name} gets tasks again.`,
    refresh,
  });
  const remove = useAct(trpc.people.remove, { done: `${name} is taken out.`, refresh });
  return (
    <div className={classes.actions}>
      <Button size="xs" variant="default" onClick={open} aria-label={`Edit ${name}`}>
        Edit
      </Button>
      <Button
        size="xs"
        variant="default"
        loading={setStatus.isPending}
        aria-label={`${paused ? 'Unpause' : 'Pause'} ${name}`}
        onClick={() => setStatus.mutate({ workerId, status: paused ? 'active' : 'paused' })}
      >
        {paused ? 'Unpause' : 'Pause'}
      </Button>
      <ConfirmButton
        label="Remove"
        ariaLabel={`Remove ${name}`}
        question={`Remove ${name}?`}
        verb="Remove"
        busy={remove.isPending}
        onConfirm={() => remove.mutateAsync({ workerId })}
      >
        What they have in hand goes to others, and what they have earned stays theirs.{' '}
        {guest
          ? 'In their own pool nothing changes.'
          : 'They get no tasks any more; a new invitation brings them back.'}
      </ConfirmButton>
      {editing ? <EditPersonDialog key={person.version} person={person} onClose={close} /> : null}
    </div>
  );
}
