import { createHint } from '@/server/platform/outbox';

/** Workers who came online. */
export const { listen: onWorkersOnline, tell: hintOnline } = createHint('online');
