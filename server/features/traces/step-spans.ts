/** Converts a task's rows to spans with their original times. Pure. */
import { type Span, spanIdOf, type ThingTrace } from '@/server/platform/tracing';
import type { Payment, TaskSteps } from './load-steps';

/** The order of the stages. */
const STAGES = ['schema', 'rules', 'anomaly', 'gold', 'consensus', 'qa'];
/**
 * Verdicts of an answer are recorded at once; they are drawn this far apart to keep their order.
 */
const APART_MS = 0.001;

type Step = Pick<Span, 'name' | 'attributes'> & {
  /** The subject, from which the span's ID is derived. */
  thing: string;
  /** The parent span; defaults to the task's. */
  within?: string;
  from: Date | number;
  to: Date | number;
  error?: string | null;
};

const taskThing = (taskId: string) => `task:${taskId}`;
const withoutNull = (attributes: Record<string, string | number | boolean | null>) =>
  Object.fromEntries(
    Object.entries(attributes).filter(([, value]) => value !== null),
  ) as Span['attributes'];

function spanOf(taskId: string, { traceId, state }: ThingTrace, step: Step): Span {
  return {
    ...{ traceId, state, name: step.name, kind: 'internal' },
    spanId: spanIdOf(step.thing),
    parentSpanId: spanIdOf(step.within ?? taskThing(taskId)),
    startMs: Number(step.from),
    endMs: Number(step.to),
    attributes: { 'humanrail.task.id': taskId, ...step.attributes },
    error: step.error ?? null,
  };
}

/**
 * The spans of an ended task: the task itself, and below it each turn of a worker (queued, claimed,
 * working) and each judgement with its six stages.
 */
export function stepSpans(task: TaskSteps, trace: ThingTrace): Span[] {
  const ended = task.completedAt ?? task.createdAt;
  const steps = [...turnsOf(task, ended), ...task.answers.flatMap(judgementOf)];
  const root: Span = {
    ...spanOf(task.id, trace, {
      ...{ name: 'task', thing: taskThing(task.id), from: task.createdAt, to: ended },
      attributes: withoutNull({
        'humanrail.task.type': task.type,
        'humanrail.mode': task.mode,
        'humanrail.task.status': task.status,
        'humanrail.task.risk_tier': task.riskTier,
        'humanrail.task.votes': task.votesAccepted,
        'humanrail.task.failure': task.failureCode,
      }),
      error: task.status === 'verified' || task.status === 'cancelled' ? null : task.status,
    }),
    parentSpanId: trace.callerSpanId,
  };
  return [root, ...steps.map((step) => spanOf(task.id, trace, step))];
}

/** When the seat became free: the task's creation, or when it returned to the queue. */
const freeSince = ({ createdAt, events }: TaskSteps, at: Date): Date =>
  events.findLast((event) => event.createdAt <= at)?.createdAt ?? createdAt;

function turnsOf(task: TaskSteps, ended: Date): Step[] {
  const { id, assignments, createdAt } = task;
  if (assignments.length === 0) {
    return [{ name: 'queued', thing: `queued:${id}`, from: createdAt, to: ended, attributes: {} }];
  }
  return assignments.flatMap((turn): Step[] => {
    const attributes = {
      'humanrail.assignment.id': turn.id,
      'humanrail.assignment.status': turn.status,
      'humanrail.assignment.backup': turn.backup,
    };
    const left = turn.endedAt ?? ended;
    // An answer without a start counts from its assignment.
    const startedAt = turn.startedAt ?? (turn.status === 'submitted' ? turn.createdAt : null);
    const step = (name: string, from: Date, to: Date): Step => ({
      ...{ name, thing: `${name}:${turn.id}`, from, to, attributes },
    });
    return [
      step('queued', freeSince(task, turn.createdAt), turn.createdAt),
      step('claimed', turn.createdAt, startedAt ?? left),
      ...(startedAt ? [step('working', startedAt, left)] : []),
    ];
  });
}

function judgementOf(answer: TaskSteps['answers'][number]): Step[] {
  const { id, judgedAt, status, rejectionCode } = answer;
  // A surplus answer, or one after the task's end, is not judged.
  if (!judgedAt) return [];
  const thing = `verification:${id}`;
  const stages = answer.verdicts.toSorted(
    (a, b) => STAGES.indexOf(a.stage) - STAGES.indexOf(b.stage),
  );
  const recorded = (n: number, at: Date) => at.getTime() + n * APART_MS;
  return [
    {
      ...{ name: 'verification', thing, from: answer.createdAt },
      to: Math.max(judgedAt.getTime(), ...stages.map((each, n) => recorded(n + 1, each.createdAt))),
      attributes: withoutNull({
        'humanrail.answer.id': id,
        'humanrail.answer.status': status,
        'humanrail.answer.rejection': rejectionCode,
      }),
    },
    ...stages.map(
      ({ stage, verdict, reasonCode, createdAt }, n): Step => ({
        name: `stage ${stage}`,
        thing: `stage:${id}:${stage}`,
        within: thing,
        from: recorded(n, createdAt),
        to: recorded(n + 1, createdAt),
        attributes: withoutNull({
          'humanrail.stage': stage,
          'humanrail.verdict': verdict,
          'humanrail.reason': reasonCode,
        }),
      }),
    ),
  ];
}

/** The span of a paid payout, starting when it was owed. */
export function paidSpan(taskId: string, payment: Payment, trace: ThingTrace): Span {
  const { id, rail, amountSats, attempts, createdAt, paidAt } = payment;
  return spanOf(taskId, trace, {
    ...{ name: 'paid', thing: `payout:${id}`, from: createdAt, to: paidAt ?? createdAt },
    attributes: {
      'humanrail.payout.id': id,
      'humanrail.payout.rail': rail,
      'humanrail.payout.sats': Number(amountSats),
      'humanrail.payout.attempts': attempts,
    },
  });
}
