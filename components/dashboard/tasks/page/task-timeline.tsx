'use client';

import { useQuery } from '@tanstack/react-query';
import classes from '@/components/dashboard/dashboard.module.css';
import { useTRPC } from '@/components/trpc/trpc-provider';
import { Card } from '@/components/ui/card';
import { QueryState } from '@/components/ui/failures/query-state';
import { duration, humanise } from '@/components/ui/values/humanise';
import { Age } from '@/components/ui/values/now';
import { PROBLEM_CATEGORIES } from '@/server/features/tasks/policy';
import type { Vote } from '@/server/features/verification/list-votes';

interface TaskTimelineProps {
  taskId: string;
  /** Whose turns the events speak of. */
  votes: readonly Vote[];
  refetchInterval: false | number;
}

/** What happened to a task, first things first. */
export function TaskTimeline({ taskId, votes, refetchInterval }: TaskTimelineProps) {
  const trpc = useTRPC();
  const events = useQuery(trpc.tasks.events.queryOptions({ id: taskId }, { refetchInterval }));
  const workers = new Map(votes.map((vote) => [vote.assignment_id, vote.worker]));
  const first = events.data?.[0]?.created_at ?? '';
  return (
    <Card title="Timeline">
      <QueryState query={events} height={14} width="70%" label="Loading" />
      <ol className="bare-list">
        {events.data?.map((event, at) => (
          <li key={event.id} className={classes.event}>
            <span className={classes.eventDot} aria-hidden="true" />
            <span>
              {wordsFor(event.type)}
              <Problem data={event.data} />
              <Word data={event.data} />
              <span className="soft">{detailsOf(event.data, workers)}</span>
            </span>
            <span className="soft tabular" title={event.created_at}>
              {at === 0 ? <Age at={event.created_at} /> : `+${since(first, event.created_at)}`}
            </span>
          </li>
        ))}
      </ol>
    </Card>
  );
}

/** Who it was, and why, where the event says so. */
function detailsOf(data: Record<string, unknown>, workers: ReadonlyMap<string, string>): string {
  const worker = workers.get(String(data.assignmentId ?? ''));
  const reason = typeof data.reason === 'string' ? humanise(data.reason).toLowerCase() : null;
  const decision = typeof data.decision === 'string' ? humanise(data.decision).toLowerCase() : null;
  const decider = DECIDERS[String(data.decidedBy ?? '')];
  const details = [worker, reason, decision, decider].filter(Boolean);
  return details.length > 0 ? ` · ${details.join(' · ')}` : '';
}

function since(first: string, then: string): string {
  const seconds = (Date.parse(then) - Date.parse(first)) / 1_000;
  return seconds < 10 ? `${seconds.toFixed(1)} s` : duration(seconds);
}

const WORDS: Record<string, string> = {
  'task.created': 'Created',
  'task.assigned': 'Assigned to a worker',
  'task.requeued': 'Back in the queue',
  'task.submitted': 'Answer submitted',
  'task.verified': 'Verified',
  'task.completed': 'Completed: every payout settled',
  'task.failed': 'Failed',
  'task.cancelled': 'Cancelled',
  'task.expired': 'Expired',
  'task.corrected': 'An audit came to another output',
  'assignment.joined': 'Another worker joined',
  'assignment.released': 'A worker gave it back',
  'assignment.lapsed': 'A worker’s turn ran out',
  'assignment.problem_reported': 'A worker reported a problem',
  'assignment.offered': 'Offered to a worker',
  'answer.rejected': 'An answer was rejected',
  'review.opened': 'Waits for a reviewer',
  'review.decided': 'A reviewer decided',
  'appeal.opened': 'A worker appealed',
  'appeal.upheld': 'The appeal was upheld: the answer counts as right',
  'appeal.dismissed': 'The appeal was dismissed',
};

/** Who decided an appeal. */
const DECIDERS: Record<string, string> = {
  re_votes: 'by two blind re-votes',
  reviewer: 'by a reviewer',
  time: 'nobody decided in time',
};

/** Why a worker appeals. */
function Word({ data: { word } }: { data: Record<string, unknown> }) {
  if (typeof word !== 'string') return null;
  return (
    <span className={classes.problem} dir="auto">
      “{word}”
    </span>
  );
}

/** What a worker found wrong with the task. */
function Problem({ data }: { data: Record<string, unknown> }) {
  const { category, details } = data;
  if (typeof category !== 'string' || !Object.hasOwn(PROBLEM_CATEGORIES, category)) return null;
  const words = PROBLEM_CATEGORIES[category as keyof typeof PROBLEM_CATEGORIES];
  return (
    <span className={classes.problem} dir="auto">
      {words}
      {typeof details === 'string' && details ? `: “${details}”` : '.'}
    </span>
  );
}

function wordsFor(type: string): string {
  return WORDS[type] ?? humanise(type);
}
