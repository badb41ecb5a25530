import type { Answer } from '@/prisma/generated/client';
import { threadCall, unlessTooCostly } from '@/server/platform/threads';
import type { compareTexts } from './thread-functions';

const compareThere = threadCall<typeof compareTexts>('verification/compare', { limitMs: 5_000 });

/**
 * The ids of the answers that agree with `output` in the deciding fields; none if comparing is too
 * expensive.
 */
export async function findAgreement(
  outputSchema: object,
  output: unknown,
  answers: readonly Pick<Answer, 'id' | 'output'>[],
): Promise<Set<string>> {
  const agrees = await unlessTooCostly(
    compareThere(
      JSON.stringify(outputSchema),
      JSON.stringify(output),
      answers.map((answer) => JSON.stringify(answer.output)),
    ),
    () => [],
  );
  return new Set(answers.flatMap(({ id }, i) => (agrees[i] ? [id] : [])));
}
