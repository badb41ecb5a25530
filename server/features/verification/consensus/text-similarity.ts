/** The similarity of two free texts, for agreement. */
import type { Json } from '../stage';
import { labelKey } from './json-value';

/** Lower case, compatibility forms folded, punctuation and white space reduced to single spaces. */
export function normalizeText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}

const GRAM = 3;
/** Only this many characters are compared, to bound the cost. */
const CHARS_COMPARED = 4_000;
/** Texts that differ in a number or a negation are different, however similar otherwise. */
const OTHER_MEANING_CAP = 0.5;
/** Negations in the most common languages of answers. */
const NEGATIONS = new Set(
  [
    'no not never none nobody nothing nowhere neither nor without cannot cant wont dont',
    'nicht kein keine keinen keinem keiner nie niemals ohne weder',
    'ne pas jamais sans aucun aucune rien ni',
    'nunca sin ningún ninguna ninguno nada tampoco jamás',
    'non mai senza nessuno nessuna niente',
    'não nem sem nenhum nenhuma',
    'niet geen nooit zonder',
    'не нет никогда без',
  ]
    .join(' ')
    .split(' '),
);

function grams(text: string): Map<string, number> {
  const padded = [...`  ${text}  `];
  const counts = new Map<string, number>();
  for (let i = 0; i + GRAM <= padded.length; i++) {
    const gram = padded.slice(i, i + GRAM).join('');
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return counts;
}

function numbersIn(text: string): string {
  return (text.match(/\p{N}+/gu) ?? []).join(' ');
}

/** The number of negations in a normalised text; "isn't" has become "isn t". */
function negationsIn(text: string): number {
  const words = text.split(' ');
  return words.filter(
    (word, i) => NEGATIONS.has(word) || (word === 't' && words[i - 1]?.endsWith('n')),
  ).length;
}

/** Dice coefficient of the character trigrams after normalisation, in [0, 1]; 1 for equal texts. */
export function textSimilarity(a: string, b: string): number {
  const left = normalizeText(a.slice(0, CHARS_COMPARED));
  const right = normalizeText(b.slice(0, CHARS_COMPARED));
  // Answers of symbols only ("+", "-") have no letters to compare: they are similar only if equal.
  if (left === '' || right === '') return a.trim() === b.trim() ? 1 : 0;
  if (left === right) return 1;
  const leftGrams = grams(left);
  const rightGrams = grams(right);
  let shared = 0;
  for (const [gram, count] of leftGrams) shared += Math.min(count, rightGrams.get(gram) ?? 0);
  const total = sum(leftGrams) + sum(rightGrams);
  const dice = (2 * shared) / total;
  const meansTheSame =
    numbersIn(left) === numbersIn(right) && negationsIn(left) === negationsIn(right);
  return meansTheSame ? dice : Math.min(dice, OTHER_MEANING_CAP);
}

function sum(counts: Map<string, number>): number {
  let total = 0;
  for (const count of counts.values()) total += count;
  return total;
}

/** Index of the text most similar to all the others, weighted; the earlier on ties. −1 without texts. */
export function medoid(texts: readonly string[], weights: readonly number[]): number {
  let best = -1;
  let bestScore = Number.NEGATIVE_INFINITY;
  texts.forEach((text, i) => {
    const score = texts.reduce((total, other, j) => {
      return total + (weights[j] ?? 0) * (i === j ? 1 : textSimilarity(text, other));
    }, 0);
    if (score > bestScore + 1e-12) {
      best = i;
      bestScore = score;
    }
  });
  return best;
}

/** A value as text, for comparison. */
export function asText(value: Json): string {
  return typeof value === 'string' ? value : labelKey(value);
}

/** A number for each value; similar values, directly or transitively, share one. */
export function groupsOf<Value>(
  values: readonly Value[],
  isSame: (one: Value, other: Value) => boolean,
): number[] {
  const groups = values.map((_, i) => i);
  values.forEach((value, i) => {
    for (let j = 0; j < i; j++) {
      const [one = 0, other = 0] = [groups[i], groups[j]];
      if (one === other || !isSame(value, values[j] as Value)) continue;
      groups.forEach((group, g) => {
        if (group === one) groups[g] = other;
      });
    }
  });
  const numbers = [...new Set(groups)];
  return groups.map((group) => numbers.indexOf(group));
}
