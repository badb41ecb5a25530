import { assertManagesTaskTypes } from '@/server/features/task-types';
import { verifiedTask } from '@/server/features/tasks';
import type { Actor } from '@/server/platform/actor';
import { newId } from '@/server/platform/ids';
import type { CheckTest, TestCheck } from '../schema';
import { askCheck, assertCheckUrl } from './ask-check';

/**
 * Sends a sample answer to a check URL once, immediately, signed like real ones.
 * @throws Forbidden, InvalidRequest 400 if the URL must not be called
 */
export async function testCheck(actor: Actor, { type, url }: TestCheck): Promise<CheckTest> {
  const { organizationId, mode } = assertManagesTaskTypes(actor);
  assertCheckUrl(url, mode);
  const { output, ...answered } = verifiedTask;
  const task = { ...answered, type, mode, status: 'submitted', output: null, confidence: null };
  const body = { task: { ...task, verification: [], payouts: [], completed_at: null }, output };
  const id = `chk_test_${newId()}`;
  const { answer, error, statusCode, durationMs } = await askCheck({
    url,
    organizationId,
    mode,
    id,
    body,
  });
  return {
    verdict: answer?.verdict ?? null,
    message: answer?.message ?? '',
    error,
    statusCode,
    durationMs,
  };
}
