import { createHint } from '@/server/platform/outbox';

/** Tasks that have open seats. */
export const { listen: onOpenTasks, tell: announceOpenTasks } = createHint('open-tasks');

/** Tasks that have a new answer, which may be their last. */
export const { listen: onAnswered, tell: announceAnswered } = createHint('answered-tasks');
