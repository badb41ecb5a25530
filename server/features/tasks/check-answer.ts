import { InvalidRequest } from '@/server/platform/errors';
import { compileOutputValidator } from '@/server/platform/json-schema';

/**
 * Holds an answer against the schema of its task.
 * @throws InvalidRequest `answer_invalid` with every fault as `{pointer, message}`.
 */
export function assertAnswerFits(outputSchema: unknown, output: unknown): void {
  const check = compileOutputValidator(outputSchema as Record<string, unknown>)(output);
  if (check.ok) return;
  throw new InvalidRequest('The answer does not fit the form; see what each field needs.', {
    code: 'answer_invalid',
    details: check.errors,
  });
}
