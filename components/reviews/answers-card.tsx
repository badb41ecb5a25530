import { Box, Group, Text } from '@mantine/core';
import { stageName } from '@/components/dashboard/tasks/page/task-report';
import { Card } from '@/components/ui/card';
import { JsonBlock } from '@/components/ui/code/code-block';
import { Status } from '@/components/ui/status';
import { duration } from '@/components/ui/values/humanise';
import type { ReviewDetail } from '@/server/features/reviews/schema';
import classes from './reviews.module.css';

/** Every voter's answer, unnamed, with what each of the six stages said of it. */
export function AnswersCard({ review }: { review: ReviewDetail }) {
  const { answers } = review;
  return (
    <Card title={answers.length === 1 ? 'The answer' : `${answers.length} answers`}>
      {answers.map((answer, index) => {
        const label = `Worker ${index + 1}`;
        return (
          <article key={answer.id} className={classes.answer} aria-label={label}>
            <Group justify="space-between" mb={6}>
              <Text fw={500}>{label}</Text>
              <Group gap="md">
                <Text size="sm" c="dimmed">
                  {answer.agrees ? 'As proposed' : 'Otherwise'} · {duration(answer.seconds)}
                </Text>
                {answer.status ? <Status value={answer.status} /> : null}
              </Group>
            </Group>
            <JsonBlock value={answer.output} label={`answer of ${label}`} maxHeight={220} />
            <ul className={classes.verdicts}>
              {answer.verdicts.map((verdict) => (
                <li key={verdict.stage}>
                  <span>{stageName(verdict.stage)}</span>
                  <Status value={verdict.verdict} />
                  <Box component="span" c="var(--text-soft)">
                    {[verdict.message, verdict.score?.toFixed(3)].filter(Boolean).join(' · ')}
                  </Box>
                </li>
              ))}
            </ul>
          </article>
        );
      })}
    </Card>
  );
}
