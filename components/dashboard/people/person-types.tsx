'use client';

import { Text } from '@mantine/core';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { ReasonButton } from '@/components/ui/dialogs/reason-button';
import { humanise } from '@/components/ui/values/humanise';
import type { Person } from '@/server/features/people/schema';
import type { TypePause } from '@/server/features/verification/schema';
import classes from './people.module.css';

const percent = (share: number) => `${Math.round(share * 100)} %`;

const MEANING =
  'Accuracy on your tasks with a known answer, with the range that holds it nine times in ten';

/** How a person stands with the organization's types, to be paused and let go on. */
export function PersonTypes({ person, manages }: { person: Person; manages: boolean }) {
  if (person.types.length === 0) return null;
  return (
    <ul className={classes.types} aria-label={`Types answered by ${person.name}`}>
      {person.types.map(({ type, title, total, accuracy, lower, upper, tier, pause }) => (
        <li key={type}>
          <span>
            <strong>{title}</strong>{' '}
            <span className={classes.soft} title={MEANING}>
              {total === 0
                ? 'not checked yet'
                : `${percent(accuracy)} right (${percent(lower)}–${percent(upper)}, ${total} checked)`}
              {person.tierAuto ? `, up to ${humanise(tier).toLowerCase()} risk` : ''}
            </span>
            {pause ? <span className="urgent"> paused: {pause.reason}</span> : null}
          </span>
          {manages && !pause ? <PauseType person={person} type={type} title={title} /> : null}
          {manages && pause ? (
            <LiftTypePause pause={pause} of={`${title} of ${person.name}`} />
          ) : null}
        </li>
      ))}
    </ul>
  );
}

function PauseType({ person, type, title }: { person: Person; type: string; title: string }) {
  const trpc = useTRPC();
  const pause = useAct(trpc.people.pauseType, {
    done: `${person.name} gets no more of ${title}.`,
    refresh: [trpc.people.pathFilter()],
  });
  const { workerId, name } = person;
  return (
    <ReasonButton
      label="Pause type"
      ariaLabel={`Pause type: ${title} of ${name}`}
      question={`Pause ${title} for ${name}?`}
      verb="Pause"
      readBy={`${name} reads it, and it stands in the audit log.`}
      busy={pause.isPending}
      onConfirm={(reason) => pause.mutateAsync({ workerId, type, reason })}
    >
      <Text size="sm">
        They get no more tasks of this type until somebody lifts the pause. What is in hand is
        finished.
      </Text>
    </ReasonButton>
  );
}

/** Lifts a pause of a type, with a reason. */
export function LiftTypePause({ pause, of }: { pause: TypePause; of: string }) {
  const trpc = useTRPC();
  const lift = useAct(trpc.people.liftPause, {
    done: `${of} is no longer paused.`,
    refresh: [trpc.people.pathFilter()],
  });
  return (
    <ReasonButton
      label="Lift pause"
      ariaLabel={`Lift pause: ${of}`}
      question={`Lift the pause: ${of}?`}
      verb="Lift"
      readBy="It stands in the audit log."
      busy={lift.isPending}
      onConfirm={(reason) => lift.mutateAsync({ pauseId: pause.id, reason })}
    >
      <Text size="sm">
        Tasks come again at once. Checked answers of before count for a quarter from then on.
      </Text>
    </ReasonButton>
  );
}
