/** Signals from an answer's text and how it was entered. */
import { freeTextOf } from '../consensus/fields';
import type { StageContext, TextSignature } from '../stage';
import { signatureSimilarity, textSignature } from './min-hash';
import { levelAbove, SILENT, type Signal } from './signal';

/**
 * Texts on the same task are excluded: correct transcriptions or translations resemble each other,
 * and that agreement is the consensus stage's concern.
 */
function closest(
  signature: readonly number[],
  texts: readonly TextSignature[],
  taskId: string,
): number {
  return texts.reduce(
    (top, text) =>
      text.taskId === taskId ? top : Math.max(top, signatureSimilarity(signature, text.signature)),
    0,
  );
}

/** Stronger if the other text is another worker's: people repeat themselves more than each other. */
function readDuplicates(ctx: StageContext) {
  const { minTextChars, duplicateSimilarity } = ctx.policy.anomaly;
  const text = freeTextOf(ctx.task.outputSchema, ctx.answer.output);
  const signature = textSignature(text, minTextChars);
  if (!signature) return SILENT;
  const others = closest(signature, ctx.otherTexts, ctx.task.id);
  const own = closest(signature, ctx.worker.recentTexts, ctx.task.id);
  if (others >= duplicateSimilarity) return { level: 'strong' as const, statistic: others };
  return levelAbove(own, duplicateSimilarity, Number.POSITIVE_INFINITY);
}

export const duplicateText: Signal = {
  id: 'duplicate_text',
  family: 'content',
  nullHypothesis:
    'Free texts of 40 characters and more about different tasks share less than 60 % of their three-word shingles.',
  falsePositiveTarget: 0.001,
  message: 'The text is nearly the same as another one that was already submitted.',
  read: readDuplicates,
};

export const pastedAnswer: Signal = {
  id: 'pasted_answer',
  family: 'content',
  nullHypothesis:
    'People type or choose most of their answer while they look at the task; somebody pasting a quotation stays on the page.',
  falsePositiveTarget: 0.01,
  message: 'The answer was pasted from elsewhere instead of written while looking at the task.',
  read(ctx) {
    const { pasteShare, focusLossShare } = ctx.answer.telemetry ?? {};
    if (pasteShare === undefined) return SILENT;
    const { weakPasteShare, strongPasteShare, minTextChars, ...policy } = ctx.policy.anomaly;
    const away = (focusLossShare ?? 0) >= policy.focusLossShare;
    if (away && pasteShare >= strongPasteShare) return { level: 'strong', statistic: pasteShare };
    const written = freeTextOf(ctx.task.outputSchema, ctx.answer.output).length >= minTextChars;
    const weak = away && written && pasteShare >= weakPasteShare;
    return { level: weak ? 'weak' : 'none', statistic: pasteShare };
  },
};
