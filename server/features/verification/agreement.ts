/**
 * How often the first two answers to a task agree. Only those two are compared: whether a third is
 * requested depends on them, so agreement with later ones is subject to selection.
 */
import type { Agreement } from './stage';

/** Minimum number of tasks answered twice. */
const PAIRS_MIN = 20;
/** Pseudo-answers with agreement one half, so that little data does not imply high agreement. */
const DOUBTED = 10;
/** Pseudo-answers per label, at the type's mean. */
const SHRUNK = 10;

export const choiceKey = (place: number, label: string) => `${place} ${label}`;

/** Share of the choices that two answers have in common. */
export function shareInCommon(a: readonly string[], b: readonly string[]): number {
  return a.filter((label, place) => label === b[place]).length / Math.max(1, a.length);
}

/** @param answers Newest first. */
export function agreementOf(
  answers: readonly { taskId: string; choices: readonly string[] }[],
): Agreement | null {
  const byTask = new Map<string, (readonly string[])[]>();
  const said = new Map<string, { count: number; pairs: number; agreed: number }>();
  const tallyOf = (key: string) => {
    const tally = said.get(key) ?? { count: 0, pairs: 0, agreed: 0 };
    said.set(key, tally);
    return tally;
  };
  for (const { taskId, choices } of answers.toReversed()) {
    if (choices.length === 0) continue;
    byTask.set(taskId, [...(byTask.get(taskId) ?? []), choices]);
    for (const [place, label] of choices.entries()) tallyOf(choiceKey(place, label)).count += 1;
  }
  const pairs = [...byTask.values()].filter(({ length }) => length > 1);
  if (pairs.length < PAIRS_MIN) return null;
  let common = 0;
  for (const [first = [], second = []] of pairs) {
    common += shareInCommon(first, second);
    for (const [own, other] of [
      [first, second],
      [second, first],
    ] as const) {
      for (const [place, label] of own.entries()) {
        const tally = tallyOf(choiceKey(place, label));
        tally.pairs += 1;
        tally.agreed += Number(other[place] === label);
      }
    }
  }
  const share = (common + DOUBTED / 2) / (pairs.length + DOUBTED);
  const total = answers.filter(({ choices }) => choices.length > 0).length;
  const labels = [...said].map(([key, { count, pairs: n, agreed }]) => [
    key,
    { share: count / total, agreed: (agreed + SHRUNK * share) / (n + SHRUNK) },
  ]);
  return { share, labels: Object.fromEntries(labels) };
}
