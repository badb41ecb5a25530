import { Alert, Text } from '@mantine/core';
import { Card } from '@/components/ui/card';
import { JsonBlock } from '@/components/ui/code/code-block';
import { Age } from '@/components/ui/values/now';
import type { TaskOrigin } from '@/server/features/tasks/get-origin';
import type { Task } from '@/server/features/tasks/schema';

const WAITING: Partial<Record<Task['status'], string>> = {
  posted: 'Waiting for a worker.',
  assigned: 'A worker has it.',
  submitted: 'Answered, and being verified.',
  cancelled: 'You cancelled it; nothing was charged.',
  expired: 'Nobody answered in time; nothing was charged.',
};

/** What it came to, what the others said, and what the agent had guessed. */
export function TaskOutcome({ task, origin }: { task: Task; origin: TaskOrigin | undefined }) {
  const guess = origin?.agent_guess;
  return (
    <Card title="Output">
      {task.output === null ? (
        <Text c="dimmed">{task.failure_reason?.message ?? WAITING[task.status] ?? 'None.'}</Text>
      ) : (
        <JsonBlock value={task.output} label="output" maxHeight={360} />
      )}
      {task.correction ? <Correction correction={task.correction} /> : null}
      {task.output !== null && task.failure_reason ? (
        <Text size="sm" c="dimmed" mt={10}>
          {task.failure_reason.message}
        </Text>
      ) : null}
      {task.dissent.length > 0 ? (
        <>
          <Text size="sm" c="dimmed" mt={16} mb={6}>
            Dissent: what other accepted answers said
          </Text>
          <JsonBlock value={task.dissent} label="dissent" maxHeight={200} />
        </>
      ) : null}
      {guess ? (
        <>
          <Text size="sm" c="dimmed" mt={16} mb={6}>
            Your agent’s guess, {Math.round(guess.confidence * 100)} % sure{judged(origin)}
          </Text>
          <JsonBlock value={guess.output} label="the agent’s guess" maxHeight={200} />
        </>
      ) : null}
    </Card>
  );
}

/** What an audit found after delivery, beside what was delivered. */
function Correction({ correction }: { correction: NonNullable<Task['correction']> }) {
  return (
    <Alert
      color="orange"
      mt={16}
      title={
        correction.decision === 'correct'
          ? 'An audit after delivery came to another output'
          : 'An audit after delivery found this output wrong'
      }
    >
      {correction.reason ? (
        <Text size="sm" mb={8}>
          {correction.reason}
        </Text>
      ) : null}
      {correction.decision === 'correct' ? (
        <JsonBlock value={correction.output} label="corrected output" maxHeight={240} />
      ) : null}
      <Text size="xs" c="dimmed" mt={8} component="div">
        <Age at={correction.corrected_at} /> · your endpoints were told by task.corrected
      </Text>
    </Alert>
  );
}

function judged(origin: TaskOrigin): string {
  if (origin.guess_right === null) return '';
  return origin.guess_right ? ': it was right' : ': it was wrong';
}
