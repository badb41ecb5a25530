/** Judgements are pure and can take long on large answers, so a thread makes them. */
import { threadCall, unlessTooCostly } from '@/server/platform/threads';
import { judgeUnchecked } from './judge';
import type { Judgement, LoadedContext } from './stage';
import type { judgeTexts } from './thread-functions';

const judgeThere = threadCall<typeof judgeTexts>('verification/judge', { limitMs: 10_000 });

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

/**
 * Runs the six stages on an answer. Where that takes too long, a reviewer decides.
 * @param outputSchema as the task has it, not normalised.
 */
export async function judgeInThread(
  { answer, peers, ...ctx }: LoadedContext,
  outputSchema: object,
): Promise<Judgement> {
  const outputs: string[] = [];
  for (const { output } of [answer, ...peers]) {
    outputs.push(JSON.stringify(output));
    // Each may be 1 MB; others have their turn in between.
    await nextTurn();
  }
  const bare = { ...ctx, answer: { ...answer, output: null }, peers: peers.map(withoutOutput) };
  return unlessTooCostly(judgeThere(bare, JSON.stringify(outputSchema), outputs), () =>
    judgeUnchecked({ ...ctx, answer, peers }),
  );
}

function withoutOutput<T extends { output: unknown }>(peer: T) {
  return { ...peer, output: null };
}
