'use client';

import { Button, Group } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Card } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code/code-block';
import { EmptyState } from '@/components/ui/empty-state';
import { NumberInput } from '@/components/ui/inputs/number-input';
import type { Calibration } from '@/server/features/insight/get-calibration';
import { ChartCard } from './chart-card';
import { EscalationCards } from './escalation-card';
import { percent, whole } from './figures';
import classes from './insight.module.css';
import { ReliabilityChart, SavingChart } from './lazy-charts';

interface CalibrationProps {
  calibration: Calibration;
  onWrongCost: (sats: number) => void;
}

/** Below this many guesses a threshold is no more than a hint. */
const FEW = 100;

const GUESS = `"agent_guess": {"output": {"verdict": "genuine"}, "confidence": 0.87}`;

/** Whether the agent knows how sure to be, and from where on asking people is not worth it. */
export function CalibrationCards({ calibration, onWrongCost }: CalibrationProps) {
  if (calibration.guesses === 0) {
    return (
      <Card title="Escalation calibration">
        <EmptyState title="No guess to hold against an answer yet">
          Send what your agent would have answered, and how sure it is, with each task. Workers
          never see it. Once tasks are verified, this shows how often the agent was right, and from
          which confidence on you need not ask.
        </EmptyState>
        <CodeBlock code={GUESS} label="the line that sends a guess" wrap />
      </Card>
    );
  }
  const { best } = calibration;
  return (
    <>
      <ChartCard
        title="Escalation calibration"
        about={`${whole(calibration.guesses)} guesses, ${percent(calibration.right / calibration.guesses)} right. Each point is a tenth of confidence with its 95 % interval; on the dashed line confidence is accuracy. Expected calibration error: ${percent(calibration.expected_calibration_error)}.`}
        columns={['Confidence', 'Guesses', 'Right', 'Accuracy', '95 % interval (Wilson)']}
        rows={calibration.buckets.map((bucket) => [
          `${percent(bucket.from, 0)} – ${percent(bucket.to, 0)}`,
          whole(bucket.count),
          whole(bucket.right),
          percent(bucket.accuracy),
          bucket.interval
            ? `${percent(bucket.interval.low)} – ${percent(bucket.interval.high)}`
            : '–',
        ])}
      >
        <ReliabilityChart buckets={calibration.buckets} />
      </ChartCard>
      <ChartCard
        title="When to ask"
        about={
          best
            ? `From a confidence of ${percent(best.threshold, 0)} on, asking was not worth it: ${whole(best.count)} tasks unasked would have saved ${whole(best.savingSats)} sats, with ${whole(best.wrong)} wrong answers.`
            : 'At this cost of a wrong answer, asking was worth it at every confidence.'
        }
        columns={['From', 'Tasks', 'Wrong', 'Saving (sats)', 'At worst (sats)']}
        rows={calibration.savings
          .filter((_, at) => at % 5 === 0)
          .map((saving) => [
            percent(saving.threshold, 0),
            whole(saving.count),
            whole(saving.wrong),
            whole(saving.savingSats),
            whole(saving.savingSatsLow),
          ])}
      >
        <SavingChart calibration={calibration} />
      </ChartCard>
      <EscalationCards calibration={calibration} />
      <Card title="How the saving is counted">
        <WrongCost
          key={calibration.wrong_cost_sats}
          value={calibration.wrong_cost_sats}
          onChange={onWrongCost}
        />
        <p className={classes.formula}>
          <code>saving(τ) = Σ charged − wrong × cost of a wrong answer</code>, over the tasks whose
          guess was at least τ sure. The best τ is where it is highest; “at worst” takes the low end
          of the 95 % interval of their accuracy.
        </p>
        <p className={classes.about}>
          A task costs {whole(calibration.task_cost_sats ?? 0)} sats on average. Right means that
          the verified output says the same in the fields that decide. Only tasks that were asked
          are known, so keep asking about some of the others.
          {calibration.guesses < FEW ? ' So far the guesses are few; take it as a hint.' : ''}
          {best && best.savingSatsLow < 0
            ? ' With bad luck this threshold would have cost more than it saved.'
            : ''}
        </p>
      </Card>
    </>
  );
}

function WrongCost({ value, onChange }: { value: number; onChange: (sats: number) => void }) {
  const [text, setText] = useState<number | string>(value);
  const cost = Number(text);
  const isValid = Number.isInteger(cost) && cost >= 1 && cost <= 1_000_000_000;
  return (
    <form
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        if (isValid) onChange(cost);
      }}
    >
      <Group align="flex-end" gap="sm">
        <NumberInput
          label="A wrong answer costs (sats)"
          value={text}
          onChange={setText}
          min={1}
          max={1_000_000_000}
          allowDecimal={false}
          thousandSeparator=","
          error={isValid ? null : 'A whole number from 1 to 1,000,000,000.'}
          w={240}
        />
        <Button type="submit" variant="default" disabled={!isValid || cost === value}>
          Count again
        </Button>
      </Group>
    </form>
  );
}
