import { createRoutingHint } from '@/server/platform/outbox';

/** Tasks that have open seats. */
export const { listen: onOpenTasks, tell: announceOpenTasks } = createRoutingHint('open-tasks');
