'use client';

import { Anchor, Badge, Group, Text } from '@mantine/core';
import Link from 'next/link';
import { GoldDetails } from '@/components/dashboard/golds/gold-details';
import { HealthFigures, OwnRetirement } from '@/components/dashboard/golds/gold-health';
import { summaryOf } from '@/components/dashboard/golds/summary-of';
import classes from '@/components/dashboard/task-types/task-types.module.css';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { useAct } from '@/components/trpc/use-act';
import { ReasonButton } from '@/components/ui/dialogs/reason-button';
import { Age } from '@/components/ui/values/now';
import type { DecideGold, InstanceGold } from '@/server/features/golds/schema';

/** A gold of whomever: what it says, how it fares, and what an operator can do about it. */
export function OpsGoldRow({ gold }: { gold: InstanceGold }) {
  const title = summaryOf(gold.payload);
  return (
    <div className={classes.row} data-testid="gold">
      <div className={classes.grow}>
        <GoldDetails title={title} gold={gold} answerLabel="known answer" />
        <Text size="xs" c="dimmed" component="div" mt={4}>
          {gold.organizationId ? (
            <Anchor
              component={Link}
              href={`/ops/organizations/${gold.organizationId}`}
              size="xs"
              inherit
              underline="always"
            >
              {gold.organization}
            </Anchor>
          ) : (
            'Ships with the product'
          )}{' '}
          · {gold.type} · added <Age at={gold.createdAt} />
        </Text>
        <OwnRetirement gold={gold} />
      </div>
      <HealthFigures health={gold.health} />
      <div className={classes.figure}>
        {disagreementWords(gold)}
        {gold.quizAnswers.given > 0 ? (
          <small>
            in quizzes {gold.quizAnswers.right} of {gold.quizAnswers.given} right
          </small>
        ) : null}
      </div>
      <Group gap={8}>
        {gold.quiz ? <Badge color="gray">Quiz</Badge> : null}
        {gold.retiredAt ? <Badge color={gold.retiredFor ? 'orange' : 'gray'}>Retired</Badge> : null}
        <Decisions gold={gold} title={title} />
      </Group>
    </div>
  );
}

function disagreementWords({ disagreements: { made, open }, health }: InstanceGold): string {
  if (made === 0) return 'Nobody disagreed';
  const times = made === 1 ? 'Disagreed once' : `Disagreed ${made} times`;
  const won = health.overturned > 0 ? `, ${health.overturned} won` : '';
  return `${times}${won}${open > 0 ? `, ${open} open` : ''}`;
}

const WORDS: Record<DecideGold['decision'], { label: string; done: string; follows: string }> = {
  retire: {
    label: 'Retire',
    done: 'The gold is retired.',
    follows: 'Nobody is asked it any more. What it has shown of workers stays.',
  },
  withdraw: {
    label: 'Withdraw',
    done: 'The gold is withdrawn.',
    follows:
      'For a known answer that is wrong: nobody is asked it any more, its answers count for and against nobody, and pauses that came of it are lifted.',
  },
  bring_back: {
    label: 'Bring back',
    done: 'The gold is back.',
    follows: 'You vouch for the known answer: it is asked again, and its answers count.',
  },
};

function Decisions({ gold, title }: { gold: InstanceGold; title: string }) {
  const { retiredAt, withdrawn, organizationId } = gold;
  const offered: DecideGold['decision'][] = [
    ...(retiredAt ? (['bring_back'] as const) : (['retire'] as const)),
    // Quizzes that ship are no organization's evidence, so there is none to take back.
    ...(withdrawn || organizationId === null ? [] : (['withdraw'] as const)),
  ];
  return offered.map((decision) => (
    <Decision key={decision} gold={gold} title={title} decision={decision} />
  ));
}

function Decision(props: { gold: InstanceGold; title: string; decision: DecideGold['decision'] }) {
  const { gold, title, decision } = props;
  const trpc = useTRPC();
  const { label, done, follows } = WORDS[decision];
  const decide = useAct(trpc.golds.decide, { done: done, refresh: [trpc.golds.pathFilter()] });
  return (
    <ReasonButton
      label={`${label}…`}
      ariaLabel={`${label}: ${title}`}
      question={`${label} this gold?`}
      verb={label}
      color={decision === 'bring_back' ? undefined : 'red'}
      readBy={
        gold.organizationId
          ? 'The organization reads it in its audit log.'
          : 'It stands in the audit log.'
      }
      busy={decide.isPending}
      onConfirm={(reason) => decide.mutateAsync({ id: gold.id, decision, reason })}
    >
      <Text size="sm">{follows}</Text>
    </ReasonButton>
  );
}
