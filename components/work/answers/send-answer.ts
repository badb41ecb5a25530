import type { TRPCClient } from '@trpc/client';
import { failureOf } from '@/components/trpc/failure';
import type { AppRouter } from '@/server/trpc';
import { type KeptAnswer, keepAnswer, whileSending } from './kept-answers';

/** Waits between the tries, while the worker looks on. */
const RETRY_DELAYS_MS = [800, 2_000];

/** Whether the same request may succeed later: no answer came, or the server had a bad moment. */
export function mayArriveLater(error: unknown): boolean {
  if (failureOf(error).code === 'unreachable') return true;
  const status = (error as { data?: { httpStatus?: number } }).data?.httpStatus;
  return status !== undefined && (status >= 500 || status === 429);
}

/**
 * Keeps an answer in this browser, then sends it, again after a moment where it did not arrive. It
 * always goes under the same key, so that an answer whose reply was lost is not given twice.
 * @throws the last failure; the answer is still kept then.
 */
export function sendAnswer(
  client: TRPCClient<AppRouter>,
  answer: KeptAnswer,
): Promise<{ submitsAt: Date | null }> {
  const { assignmentId, output, telemetry, idempotencyKey } = answer;
  return whileSending(assignmentId, async () => {
    keepAnswer(answer);
    for (const delayMs of [...RETRY_DELAYS_MS, null]) {
      try {
        return await client.assignments.submit.mutate({
          assignmentId,
          output,
          telemetry,
          idempotencyKey,
        });
      } catch (error) {
        if (delayMs === null || !navigator.onLine || !mayArriveLater(error)) throw error;
        await new Promise((resolve) => setTimeout(resolve, delayMs));
      }
    }
    throw new Error('Not reached: the last try throws.');
  });
}
