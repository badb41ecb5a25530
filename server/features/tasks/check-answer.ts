import { InvalidRequest } from '@/server/platform/errors';
import { validateOutput } from '@/server/platform/json-schema';

/**
 * Validates an answer against its task's schema.
 * @throws InvalidRequest `answer_invalid` with every fault as `{pointer, message}`; OutputsTooLarge
 * 413 above 1 MB.
 */
export async function assertAnswerFits(outputSchema: unknown, output: unknown): Promise<void> {
  const check = await validateOutput(outputSchema as Record<string, unknown>, output, 'output');
  if (check.ok) return;
  throw new InvalidRequest('The answer does not match the form; check each field.', {
    code: 'answer_invalid',
    details: check.errors,
  });
}
