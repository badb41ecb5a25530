/**
 * Transcripts, word by word: ROVER (Fiscus 1997). Each text is aligned to a network of slots; in
 * every slot the word with the most weight wins, or none.
 */
import { normalizeText } from '../text-similarity';
import type { Weighted } from './weighted';

/** Maximum number of words aligned; longer texts are compared as plain texts. */
export const WORDS_MAX = 1_000;

interface Word {
  /** Normalised for comparison. */
  key: string;
  /** As written. */
  text: string;
}

function wordsOf(text: string): Word[] {
  return text
    .split(/\s+/u)
    .filter((word) => word !== '')
    .map((word) => ({ key: normalizeText(word) || word, text: word }));
}

/** Whether a text has few enough words to be aligned. */
export function isAlignable(text: string): boolean {
  return text.length <= WORDS_MAX * 20 && wordsOf(text).length <= WORDS_MAX;
}

/** 1 − the word error rate against the longer text, in [0, 1]; case and punctuation do not count. */
export function wordSimilarity(one: string, other: string): number {
  const [a, b] = [wordsOf(one), wordsOf(other)];
  const longer = Math.max(a.length, b.length);
  if (longer === 0) return 1;
  const numberOf = numbering();
  const numbered = (words: readonly Word[]) => Int32Array.from(words, ({ key }) => numberOf(key));
  return 1 - editDistance(numbered(a), numbered(b)) / longer;
}

/** Numbers that replace words, for faster comparison. */
function numbering(): (key: string) => number {
  const numbers = new Map<string, number>();
  return (key) => {
    const known = numbers.get(key) ?? numbers.size;
    numbers.set(key, known);
    return known;
  };
}

/** Words to insert, delete or substitute (Levenshtein). */
function editDistance(one: Int32Array, other: Int32Array): number {
  let row = Uint32Array.from({ length: other.length + 1 }, (_, i) => i);
  for (let i = 0; i < one.length; i++) {
    const next = new Uint32Array(other.length + 1);
    next[0] = i + 1;
    for (let j = 0; j < other.length; j++) {
      const changed = (row[j] ?? 0) + (one[i] === other[j] ? 0 : 1);
      next[j + 1] = Math.min(changed, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1);
    }
    row = next;
  }
  return row[other.length] ?? 0;
}

/** The costs of aligning prefixes of slots and words, and whether a word is one of a slot's. */
class Alignment {
  private readonly cost: Uint32Array;
  private readonly width: number;
  private readonly said: readonly number[];
  private readonly heard: readonly (readonly number[])[];

  constructor(slots: readonly (readonly string[])[], words: readonly Word[]) {
    const numberOf = numbering();
    this.said = words.map(({ key }) => numberOf(key));
    this.heard = slots.map((keys) => keys.map(numberOf));
    this.width = words.length + 1;
    this.cost = new Uint32Array((slots.length + 1) * this.width);
    for (let slot = 0; slot <= slots.length; slot++) {
      for (let word = 0; word <= words.length; word++) {
        this.cost[slot * this.width + word] = this.least(slot, word);
      }
    }
  }

  /** The cheapest alignment as pairs of indexes; −1 for a gap. */
  steps(): [number, number][] {
    const steps: [number, number][] = [];
    let [slot, word] = [this.heard.length, this.said.length];
    while (slot > 0 || word > 0) {
      const here = this.at(slot, word);
      if (slot > 0 && word > 0 && here === this.together(slot, word)) {
        steps.push([--slot, --word]);
      } else if (slot > 0 && here === this.at(slot - 1, word) + 1) steps.push([--slot, -1]);
      else steps.push([-1, --word]);
    }
    return steps.reverse();
  }

  private least(slot: number, word: number): number {
    if (slot === 0 || word === 0) return slot + word;
    const alone = Math.min(this.at(slot - 1, word), this.at(slot, word - 1)) + 1;
    return Math.min(this.together(slot, word), alone);
  }

  private together(slot: number, word: number): number {
    const fits = this.heard[slot - 1]?.includes(this.said[word - 1] ?? -1);
    return this.at(slot - 1, word - 1) + (fits ? 0 : 1);
  }

  private at(slot: number, word: number): number {
    return this.cost[slot * this.width + word] ?? 0;
  }
}

/** A slot of the network: the weights of its words, by normalised word; the empty word is a gap. */
type Slot = Map<string, { weight: number; texts: Map<string, number> }>;

function hear(slot: Slot, word: Word | null, weight: number): void {
  const key = word?.key ?? '';
  const heard = slot.get(key) ?? { weight: 0, texts: new Map<string, number>() };
  heard.weight += weight;
  if (word) heard.texts.set(word.text, (heard.texts.get(word.text) ?? 0) + weight);
  slot.set(key, heard);
}

/** The words with the most weight in each slot, in one line. On ties the first text wins. */
export function combineTranscripts(votes: readonly Weighted<string>[]): string {
  let network: Slot[] = [];
  let before = 0;
  for (const { value, weight } of votes) {
    const words = wordsOf(value);
    const keys = network.map((slot) => [...slot.keys()].filter((key) => key !== ''));
    network = new Alignment(keys, words).steps().map(([place, word]) => {
      const slot: Slot = network[place] ?? new Map();
      // A new slot was a gap in all earlier texts.
      if (place < 0 && before > 0) hear(slot, null, before);
      hear(slot, word < 0 ? null : (words[word] ?? null), weight);
      return slot;
    });
    before += weight;
  }
  return network.flatMap((slot) => heaviest(slot)).join(' ');
}

function heaviest(slot: Slot): string[] {
  const [top] = [...slot.values()].sort((a, b) => b.weight - a.weight);
  const [word] = [...(top?.texts ?? [])].sort(([, a], [, b]) => b - a);
  return word ? [word[0]] : [];
}
