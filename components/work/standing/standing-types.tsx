'use client';

import { Box, Text } from '@mantine/core';
import { Card } from '@/components/ui/card';
import { AccuracyBar } from '@/components/ui/charts/accuracy-bar';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icons';
import { humanise } from '@/components/ui/values/humanise';
import type { Standing, TypeStanding } from '@/server/features/verification/schema';
import classes from './standing.module.css';

const percent = (share: number) => `${Math.round(share * 100)} %`;

/** How the worker stands with each kind of task of each customer, and what the next tier asks for there. */
export function TypeRows({ standing }: { standing: Standing }) {
  const { types, skills, asOf } = standing;
  const unmeasured = skills.filter(({ skill }) => types.every(({ type }) => type !== skill));
  return (
    <Card title="Accuracy by kind of task">
      {types.length + unmeasured.length === 0 ? (
        <EmptyState icon={<Icon name="list" />} title="No skills yet">
          Skills open the tasks that need them.
        </EmptyState>
      ) : (
        <ul className={classes.skills} aria-label="Accuracy by kind of task">
          {types.map((each, index) => (
            // Two customers may use one name; workers are not told whose a kind is.
            // biome-ignore lint/suspicious/noArrayIndexKey: nothing else tells two customers apart.
            <TypeRow key={`${each.type} ${index}`} standing={each} />
          ))}
          {unmeasured.map((each) => (
            <li key={each.skill} className={classes.skill}>
              <span>
                <strong>{humanise(each.skill)}</strong>
                {each.paused ? <span className="urgent"> paused by an operator</span> : null}
              </span>
              <AccuracyBar {...each} />
              <Box component="span" c="var(--text-soft)">
                No answers yet; taken to lie between {percent(each.lower)} and {percent(each.upper)}
              </Box>
            </li>
          ))}
        </ul>
      )}
      <Text size="xs" c="dimmed" mt="md">
        Some tasks have a known answer. From how yours compare, your accuracy is estimated for each
        customer’s kind of task by itself, with the range it lies in with 90 % probability: few
        checked answers mean a wide range. Answers are counted up to{' '}
        {asOf.toISOString().slice(0, 16).replace('T', ' ')} UTC. Where a kind was paused, or recent
        answers differed much from known ones and from what others said, those from before count for
        a quarter, and tasks with a known answer come more often.
      </Text>
    </Card>
  );
}

function TypeRow({ standing }: { standing: TypeStanding }) {
  const { title, total, correct, accuracy, lower, upper, pause, tier, next } = standing;
  return (
    <li className={classes.skill}>
      <span>
        <strong>{title}</strong>
        {pause ? <span className="urgent"> paused</span> : null}
        <span className={classes.note}> · up to {humanise(tier).toLowerCase()} risk</span>
      </span>
      <AccuracyBar accuracy={accuracy} lower={lower} upper={upper} total={total} />
      <Box component="span" c="var(--text-soft)">
        {total === 0
          ? `Not checked yet; taken to lie between ${percent(lower)} and ${percent(upper)}`
          : `${percent(accuracy)}, between ${percent(lower)} and ${percent(upper)}; ${correct} of ${total} checked answers right`}
      </Box>
      {next ? (
        <span className={`${classes.wide} ${classes.note}`}>
          <Next next={next} lower={lower} paused={pause !== null} />
        </span>
      ) : null}
    </li>
  );
}

/** What is missing for the tier above, in a sentence. */
function Next(props: { next: NonNullable<TypeStanding['next']>; lower: number; paused: boolean }) {
  const { next, lower, paused } = props;
  const missing = [
    paused ? 'the pause to end' : null,
    next.golds < next.goldsNeeded
      ? `${next.goldsNeeded} checked answers (you have ${next.golds})`
      : null,
    lower < next.floor
      ? `the lower end of your accuracy at ${percent(next.floor)} (it is ${percent(lower)})`
      : null,
    next.reliability < next.reliabilityNeeded
      ? `${percent(next.reliabilityNeeded)} of tasks of this kind seen through (you have ${percent(next.reliability)})`
      : null,
  ].filter((each) => each !== null);
  const tier = humanise(next.tier).toLowerCase();
  if (missing.length === 0) {
    return <>You have what {tier} risk asks for; your next checked answer raises you.</>;
  }
  const forecast =
    next.rightAnswersNeeded !== null && next.rightAnswersNeeded > 0 && !paused
      ? ` ${next.rightAnswersNeeded} right in a row would do.`
      : '';
  return (
    <>
      For {tier} risk it takes {missing.join(', and ')}.{forecast}
    </>
  );
}
