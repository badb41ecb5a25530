/** Judgements are pure and can take long on large answers, so they run in a thread. */
import { isLarge, LARGE_CHARACTERS } from '@/server/platform/is-large';
import { threadCall, unlessTooCostly } from '@/server/platform/threads';
import { together } from '@/server/platform/together';
import { judgeUnchecked } from './judge';
import { type JudgedRound, judgeApart, judgeInOrder, type LoadedRound } from './judge-in-order';
import type { GivenRound, judgeTexts } from './thread-functions';

const judgeThere = threadCall<typeof judgeTexts>('verification/judge', { limitMs: 10_000 });

/** Tasks per call: data shared by many of them, such as their workers' latest answers, is sent once. */
const TOGETHER_MAX = 25;
const judgeTogether = together<GivenRound, JudgedRound>((rounds) => judgeThere(rounds), {
  most: TOGETHER_MAX,
  alone: ({ round, outputTexts }) =>
    outputTexts.reduce((sum, { length }) => sum + length, 0) >= LARGE_CHARACTERS ||
    isLarge(round.task.payload),
});

/** Earlier answers are not read if that is too expensive. */
const nothingSaid = () => ({ choices: [], label: null });

/** Serializing a longer text takes long; yields to other work after it. */
const LONG = 50_000;
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

/**
 * Runs the six stages on a task's answers, one after another. If one of them takes too long, a
 * reviewer decides about it.
 * @param outputSchema the task's own, not normalised.
 */
export async function judgeInThread(
  round: LoadedRound,
  outputSchema: object,
): Promise<JudgedRound> {
  const given = await withTexts(round, JSON.stringify(outputSchema));
  const judged = await unlessTooCostly<JudgedRound | null>(judgeTogether(given), () => null);
  if (judged) return judged;
  if (round.pending.length > 1) {
    return judgeApart(round, (part) => judgeInThread(part, outputSchema));
  }
  return { judgements: judgeInOrder(round, nothingSaid, judgeUnchecked) };
}

/** Each may be 1 MB, and cloning it as text is cheapest. */
async function withTexts(round: LoadedRound, schemaText: string): Promise<GivenRound> {
  const outputTexts: string[] = [];
  const answers = [...round.pending.map(({ answer }) => answer), ...round.accepted];
  for (const { output } of answers) {
    const text = JSON.stringify(output);
    outputTexts.push(text);
    if (text.length > LONG) await nextTurn();
  }
  const bare = {
    ...round,
    pending: round.pending.map((each) => ({ ...each, answer: { ...each.answer, output: null } })),
    accepted: round.accepted.map((peer) => ({ ...peer, output: null })),
  };
  return { round: bare, schemaText, outputTexts };
}
