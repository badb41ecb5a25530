'use client';

import { Button, NativeSelect, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { humanise } from '@/components/ui/values/humanise';
import type { WorkerLine } from '@/server/features/onboarding/schema';
import classes from './workers.module.css';

const percent = (share: number) => `${Math.round(share * 100)} %`;

/** The skills of a worker with their accuracy, to be given, paused and let count again. */
export function WorkerSkills({ worker }: { worker: WorkerLine }) {
  const trpc = useTRPC();
  const change = useAct(trpc.workers.changeSkill, {
    done: `The skills of ${worker.name} are changed.`,
    refresh: [trpc.onboarding.pathFilter()],
  });
  const set = (skill: string, held: boolean) => change.mutate({ workerId: worker.id, skill, held });
  const names = useQuery(trpc.onboarding.skillNames.queryOptions());
  const held = new Set(worker.skills.map(({ skill }) => skill));
  return (
    <div>
      <ul className={classes.skills} aria-label={`Skills of ${worker.name}`}>
        {worker.skills.map((each) => (
          <li key={each.skill} className={classes.skill}>
            <span style={{ fontWeight: 500 }}>{humanise(each.skill)}</span>
            <span className="soft">
              {each.total === 0
                ? 'no checked answers yet'
                : `${percent(each.accuracy)} right, between ${percent(each.lower)} and ${percent(each.upper)}, of ${each.total} checked`}
              {each.paused ? ', paused' : ''}
            </span>
            <Button
              size="compact-xs"
              variant="default"
              disabled={change.isPending}
              aria-label={`${each.paused ? 'Let count again' : 'Pause'}: ${humanise(each.skill)} of ${worker.name}`}
              onClick={() => set(each.skill, each.paused)}
            >
              {each.paused ? 'Let count again' : 'Pause'}
            </Button>
          </li>
        ))}
        {worker.failedTries.map((each) => (
          <FailedTries key={`quiz ${each.skill}`} worker={worker} {...each} />
        ))}
      </ul>
      {worker.skills.length + worker.failedTries.length === 0 ? (
        <Text size="sm" c="dimmed">
          No skills yet, and no quiz failed.
        </Text>
      ) : null}
      <NativeSelect
        mt="sm"
        maw={280}
        aria-label={`Give ${worker.name} a skill`}
        value=""
        disabled={change.isPending}
        onChange={(event) => event.currentTarget.value && set(event.currentTarget.value, true)}
        data={[
          { value: '', label: 'Give a skill without a quiz…' },
          ...(names.data ?? [])
            .filter((name) => !held.has(name))
            .map((name) => ({ value: name, label: humanise(name) })),
        ]}
      />
    </div>
  );
}

function FailedTries(props: { worker: WorkerLine; skill: string; tries: number }) {
  const { worker, skill, tries } = props;
  const trpc = useTRPC();
  const pardon = useAct(trpc.onboarding.pardonQuiz, {
    done: 'The worker may try again at once.',
    refresh: [trpc.onboarding.pathFilter()],
  });
  return (
    <li className={classes.skill}>
      <span style={{ fontWeight: 500 }}>{humanise(skill)}</span>
      <span className="soft">quiz failed {tries === 1 ? 'once' : `${tries} times`}</span>
      <Button
        size="compact-xs"
        variant="default"
        loading={pardon.isPending}
        aria-label={`Let ${worker.name} try the quiz again: ${humanise(skill)}`}
        onClick={() => pardon.mutate({ workerId: worker.id, skill })}
      >
        Let try again
      </Button>
    </li>
  );
}
