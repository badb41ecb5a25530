import { z } from 'zod';
import type { Subscriber } from '@/server/platform/outbox';

const HandedBack = z.object({
  events: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      data: z.record(z.string(), z.unknown()),
      ts: z.number(),
    }),
  ),
});

/** Hands jobs that waited for a test clock back to the engine. */
const onReset: Subscriber = async (rows) =>
  rows.flatMap((row) => HandedBack.parse(row.data).events);

export const subscribers: Record<string, Subscriber> = { 'test_clock.reset': onReset };
