/** Judgements are pure and can take long on large answers, so a thread makes them. */
import { isLarge, LARGE_CHARACTERS } from '@/server/platform/is-large';
import { threadCall, unlessTooCostly } from '@/server/platform/threads';
import { together } from '@/server/platform/together';
import { judgeUnchecked } from './judge';
import { type JudgedRound, judgeApart, judgeInOrder, type LoadedRound } from './judge-in-order';
import type { GivenRound, judgeTexts } from './thread-functions';

const judgeThere = threadCall<typeof judgeTexts>('verification/judge', { limitMs: 10_000 });

/** Tasks of one call: what many of them go by, such as their workers' latest answers, is sent once. */
const TOGETHER_MAX = 25;
const judgeTogether = together<GivenRound, JudgedRound>((rounds) => judgeThere(rounds), {
  most: TOGETHER_MAX,
  alone: ({ round, outputTexts }) =>
    outputTexts.reduce((sum, { length }) => sum + length, 0) >= LARGE_CHARACTERS ||
    isLarge(round.task.payload),
});

/** What was answered before is not read where that is too costly. */
const nothingSaid = () => ({ choices: [], label: null });

/** A text of as many characters is long in the making; others have their turn after it. */
const LONG = 50_000;
const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

/**
 * Runs the six stages on a task's answers, one after another. Where one of them takes too long, a reviewer
 * decides about it.
 * @param outputSchema as the task has it, not normalised.
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

/** Each may be 1 MB, and cloning it as a text costs least. */
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
