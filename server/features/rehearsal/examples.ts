/** One rehearsal, as the documentation shows it. */

const taskId = '0198d0a4-2b40-7d01-8a1c-5b0d3c1f9e77';
const clock = {
  object: 'test_clock',
  stopped: true,
  now: '2026-02-01T11:00:00.000Z',
  next_due_at: '2026-02-01T12:00:00.000Z',
};

export const EXAMPLES = {
  get: { answer: clock },
  advance: {
    body: { seconds: 86_400 },
    answer: {
      ...clock,
      advanced_seconds: 86_400,
      remaining_seconds: 0,
      done: true,
      happened: [
        { at: '2026-01-31T11:00:00.000Z', type: 'task.created', task_id: taskId },
        {
          at: '2026-01-31T11:00:02.000Z',
          type: 'webhook.attempt',
          task_id: taskId,
          event_type: 'task.verified',
          url: 'https://example.com/hook',
          attempt: 1,
          status_code: 200,
        },
      ],
      has_more: false,
    },
  },
  reset: { answer: { ...clock, stopped: false, next_due_at: null } },
};
