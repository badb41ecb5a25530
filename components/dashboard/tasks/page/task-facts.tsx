import { Card } from '@/components/ui/card';
import surface from '@/components/ui/surface.module.css';
import { duration, humanise } from '@/components/ui/values/humanise';
import { Age, Countdown } from '@/components/ui/values/now';
import type { TaskOrigin } from '@/server/features/tasks/get-origin';
import type { Task } from '@/server/features/tasks/schema';

const OPEN = new Set<Task['status']>(['posted', 'assigned', 'submitted']);

/** What a confidence rests on. */
const BASES = {
  uncalibrated: 'not calibrated yet: fewer than 20 tasks of the type have a known answer',
  provisional: 'provisional: fewer than 100 tasks of the type have a known answer',
  calibrated: 'calibrated on tasks of the type whose answer is known',
} as const satisfies Record<NonNullable<Task['confidence_basis']>, string>;

/** Its clock, how sure it must be, and who asks whom. */
export function TaskFacts({ task, origin }: { task: Task; origin: TaskOrigin | undefined }) {
  const { min_votes, max_votes, target_confidence } = task.redundancy;
  return (
    <Card title="Details">
      <dl className={surface.facts}>
        <dt>Created</dt>
        <dd>
          <Age at={task.created_at} />
        </dd>
        <dt>{OPEN.has(task.status) ? 'Time left' : 'Took'}</dt>
        <dd>
          {OPEN.has(task.status) ? <Countdown until={new Date(task.expires_at)} /> : took(task)}
        </dd>
        <dt>Created by</dt>
        <dd>{origin?.created_by ?? '…'}</dd>
        <dt>Risk tier</dt>
        <dd>{humanise(task.risk_tier)}</dd>
        <dt>Votes</dt>
        <dd>
          {task.votes_used} used,{' '}
          {min_votes === max_votes ? min_votes : `${min_votes}–${max_votes}`} asked at{' '}
          {Math.round(target_confidence * 100)} %
        </dd>
        {task.confidence === null ? null : (
          <>
            <dt>Confidence</dt>
            <dd>
              {(task.confidence * 100).toFixed(1)} %
              {task.confidence_basis ? `, ${BASES[task.confidence_basis]}` : ''}
            </dd>
          </>
        )}
        <dt>Skills</dt>
        <dd>{task.skills_required.join(', ') || 'None asked'}</dd>
        {task.callback_url ? (
          <>
            <dt>Callback</dt>
            <dd>{task.callback_url}</dd>
          </>
        ) : null}
        {task.idempotency_key ? (
          <>
            <dt>Idempotency key</dt>
            <dd>{task.idempotency_key}</dd>
          </>
        ) : null}
        <dt>Who may take it</dt>
        <dd>{origin?.own_pool ? 'Your own people' : 'Everybody with the skills'}</dd>
        <dt>Without an answer</dt>
        <dd>
          {origin?.on_timeout.action === 'default' ? 'Your default output' : 'It expires, free'}
        </dd>
      </dl>
    </Card>
  );
}

function took(task: Task): string {
  if (!task.completed_at) return '–';
  return duration((Date.parse(task.completed_at) - Date.parse(task.created_at)) / 1000);
}
