import { expect, it } from 'vitest';
import { type Span, spanIdOf, type ThingTrace } from '@/server/platform/tracing';
import type { TaskSteps } from './load-steps';
import { stepSpans } from './step-spans';

const at = (seconds: number) => new Date(Date.UTC(2026, 4, 4, 12, 0, seconds));
const TRACE: ThingTrace = {
  ...{ traceId: '4bf92f3577b34da6a3ce929d0e0e4736', callerSpanId: '00f067aa0ba902b7' },
  ...{ state: null, isSampled: true },
};
const TASK: TaskSteps = {
  ...{ id: '0199b6a2-7a70-7000-8000-000000000001', type: 'content_review', mode: 'live' },
  ...{ status: 'expired', riskTier: 'medium', votesAccepted: 0, failureCode: null },
  ...{ traceparent: null, tracestate: null, reservedFor: null },
  ...{ createdAt: at(0), completedAt: at(60), assignments: [], answers: [], events: [] },
};
const turn = (
  id: string,
  given: Partial<TaskSteps['assignments'][number]>,
): TaskSteps['assignments'][number] => ({
  ...{ id, status: 'submitted', backup: false, createdAt: at(5), startedAt: null, endedAt: null },
  ...given,
});
/** Seconds since the task's creation. */
const shown = ({ name, startMs, endMs }: Span) =>
  `${name} ${(startMs - at(0).getTime()) / 1_000}-${(endMs - at(0).getTime()) / 1_000}`;

it('a task that nobody took was queued to its end, and has failed', () => {
  const [task, ...steps] = stepSpans(TASK, TRACE);
  expect(task).toMatchObject({ parentSpanId: TRACE.callerSpanId, error: 'expired' });
  expect(task && shown(task)).toBe('task 0-60');
  expect(steps.map(shown)).toEqual(['queued 0-60']);
  expect(steps[0]?.parentSpanId).toBe(spanIdOf(`task:${TASK.id}`));
});

it('each turn has steps of its own; who comes after one was back in the queue waited from then on', () => {
  const spans = stepSpans(
    {
      ...TASK,
      events: [{ createdAt: at(20) }],
      assignments: [
        turn('a', { status: 'lapsed', endedAt: at(20) }),
        turn('b', { createdAt: at(25), startedAt: at(30), endedAt: at(50) }),
        turn('c', { status: 'active', createdAt: at(26), startedAt: at(40) }),
      ],
    },
    TRACE,
  );
  expect(spans.slice(1).map(shown)).toEqual([
    ...['queued 0-5', 'claimed 5-20'],
    ...['queued 20-25', 'claimed 25-30', 'working 30-50'],
    ...['queued 20-26', 'claimed 26-40', 'working 40-60'],
  ]);
  expect(new Set(spans.map(({ spanId }) => spanId)).size).toBe(spans.length);
});

it('a scripted worker, who starts nothing, worked from when the task came', () => {
  const assignments = [turn('a', { endedAt: at(9) })];
  expect(
    stepSpans({ ...TASK, assignments }, TRACE)
      .slice(1)
      .map(shown),
  ).toEqual([...['queued 0-5', 'claimed 5-5', 'working 5-9']]);
});

it('an answer that nobody judged has no judgement, one that was has its stages in their order', () => {
  const verdict = (stage: string) => ({
    ...{ stage, verdict: 'pass', reasonCode: null, createdAt: at(52) },
  });
  const answer = { id: 'x', status: 'superseded', rejectionCode: null } as const;
  const answers: TaskSteps['answers'] = [
    { ...answer, createdAt: at(50), judgedAt: null, verdicts: [] },
    {
      ...{ ...answer, id: 'y', status: 'accepted', createdAt: at(50), judgedAt: at(52) },
      verdicts: ['qa', 'schema', 'consensus', 'rules', 'gold', 'anomaly'].map(verdict),
    },
  ];
  const spans = stepSpans({ ...TASK, answers }, TRACE).slice(2);
  expect(spans.map(({ name }) => name)).toEqual([
    'verification',
    ...['schema', 'rules', 'anomaly', 'gold', 'consensus', 'qa'].map((name) => `stage ${name}`),
  ]);
  const ends = spans.slice(1).map(({ endMs }) => endMs);
  expect(ends).toEqual(ends.toSorted((a, b) => a - b));
  expect(spans[0]?.endMs).toBe(ends.at(-1));
});
