/** MinHash: a text's set of word shingles in 64 integers, from which overlap can be estimated. */
import { normalizeText } from '../consensus/text-similarity';

const HASHES = 64;
const SHINGLE_WORDS = 3;
/** Scripts without spaces give few words; their shingles are runs of characters. */
const SHINGLE_CHARS = 8;
const WORDS_MIN = 5;
const CHARS_HASHED = 20_000;

/** Murmur3's finaliser: every bit of the input moves every bit of the output. */
function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** FNV-1a over UTF-16 units, mixed. */
function hashText(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return mix(h);
}

function shingles(text: string): Set<string> {
  const words = text.split(' ');
  const [units, size, glue] =
    words.length >= WORDS_MIN ? [words, SHINGLE_WORDS, ' '] : [[...text], SHINGLE_CHARS, ''];
  const set = new Set<string>();
  for (let i = 0; i + size <= units.length; i++) set.add(units.slice(i, i + size).join(glue));
  return set;
}

/**
 * The signature of a text, 64 unsigned 32-bit integers; null for texts shorter than `minChars`
 * after normalisation, where equal wording is ordinary.
 */
export function textSignature(text: string, minChars: number): number[] | null {
  const normalized = normalizeText(text.slice(0, CHARS_HASHED));
  if (normalized.length < minChars) return null;
  const signature = new Array<number>(HASHES).fill(0xffffffff);
  for (const shingle of shingles(normalized)) {
    const hash = hashText(shingle);
    for (let i = 0; i < HASHES; i++) {
      const permuted = mix(hash ^ Math.imul(i + 1, 0x9e3779b1));
      if (permuted < (signature[i] ?? 0)) signature[i] = permuted;
    }
  }
  return signature;
}

/** Whether a text is long enough for a signature: `minChars` after normalisation. */
export function isSigned(text: string, minChars: number): boolean {
  return normalizeText(text.slice(0, CHARS_HASHED)).length >= minChars;
}

/** Estimated Jaccard overlap of the two texts' shingles, standard error at most 1/16; 0 when unequal in kind. */
export function signatureSimilarity(a: readonly number[], b: readonly number[]): number {
  if (a.length === 0 || a.length !== b.length) return 0;
  return a.filter((value, i) => value === b[i]).length / a.length;
}
