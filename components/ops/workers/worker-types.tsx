'use client';

import { Text } from '@mantine/core';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { ReasonButton } from '@/components/ui/dialogs/reason-button';
import { humanise } from '@/components/ui/values/humanise';
import type { WorkerLine } from '@/server/features/onboarding/schema';
import classes from './workers.module.css';

const percent = (share: number) => `${Math.round(share * 100)} %`;

type Line = WorkerLine['types'][number];

/** How a worker stands with each organization's type, to be paused and let go on. */
export function WorkerTypes({ worker }: { worker: WorkerLine }) {
  if (worker.types.length === 0) return null;
  return (
    <div>
      <ul className={classes.skills} aria-label={`Types answered by ${worker.name}`}>
        {worker.types.map((each) => (
          <li key={`${each.organizationId} ${each.type}`} className={classes.skill}>
            <span style={{ fontWeight: 500 }}>
              {each.title} <span className="soft">for {each.organization}</span>
            </span>
            <span className="soft">
              {wordsOf(each)}
              {each.pause ? `; paused: ${each.pause.reason}` : ''}
            </span>
            <Actions worker={worker} line={each} />
          </li>
        ))}
      </ul>
      <Text size="xs" c="dimmed">
        Accuracy on tasks with a known answer, with the range that holds it nine times in ten. It
        counts for that organization’s type alone.
      </Text>
    </div>
  );
}

function wordsOf({ total, accuracy, lower, upper, tier }: Line): string {
  const risk = `up to ${humanise(tier).toLowerCase()} risk`;
  return total === 0
    ? `not checked yet, ${risk}`
    : `${percent(accuracy)} right, between ${percent(lower)} and ${percent(upper)}, of ${total} checked, ${risk}`;
}

function Actions({ worker, line }: { worker: WorkerLine; line: Line }) {
  const trpc = useTRPC();
  const { type, title, organizationId, pause } = line;
  const setPause = useAct(trpc.standing.pauseType, {
    done: `${title} is paused.`,
    refresh: [trpc.onboarding.pathFilter()],
  });
  const lift = useAct(trpc.standing.liftPause, {
    done: `${title} is no longer paused.`,
    refresh: [trpc.onboarding.pathFilter()],
  });
  const label = `${title} of ${worker.name}`;
  return pause ? (
    <ReasonButton
      label="Lift pause"
      ariaLabel={`Lift pause: ${label}`}
      question={`Lift the pause of ${title}?`}
      verb="Lift"
      readBy="It stands in the audit log."
      busy={lift.isPending}
      onConfirm={(reason) => lift.mutateAsync({ pauseId: pause.id, reason })}
    >
      <Text size="sm">
        Tasks come again at once. Checked answers of before count for a quarter from then on.
      </Text>
    </ReasonButton>
  ) : (
    <ReasonButton
      label="Pause"
      ariaLabel={`Pause type: ${label}`}
      question={`Pause ${title} for ${worker.name}?`}
      verb="Pause"
      readBy="The worker reads it, and it stands in the audit log."
      busy={setPause.isPending}
      onConfirm={(reason) =>
        setPause.mutateAsync({ workerId: worker.id, organizationId, type, reason })
      }
    >
      <Text size="sm">
        No more of these tasks come until an operator lifts it. What is in hand is finished.
      </Text>
    </ReasonButton>
  );
}
