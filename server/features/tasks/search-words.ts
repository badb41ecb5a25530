import { createHash } from 'node:crypto';
import type { Mode } from '@/server/platform/actor';

/**
 * What a task is found by. Words are kept without case and accents; scripts that write no spaces
 * are kept letter by letter. Two kinds of entries begin with a sign no word has: `@` and whose
 * task it is, `=` and a pair of its metadata.
 */

const UNSPACED = '\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\p{scx=Thai}';
const WORD = new RegExp(`[${UNSPACED}]|(?:(?![${UNSPACED}])[\\p{L}\\p{N}])+`, 'gu');
const WORD_CHARS_MAX = 64;
/** More than a long document has; what comes after is not found. */
const WORDS_MAX = 5_000;
const QUERY_WORDS_MAX = 12;

/** The words of a text, as they are kept. */
export function wordsOf(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
  return (plain.match(WORD) ?? []).map((word) =>
    // By characters, since half of one would be no text to Postgres.
    word.length > WORD_CHARS_MAX ? [...word].slice(0, WORD_CHARS_MAX).join('') : word,
  );
}

/** The entry that keeps one organization's search in one mode to its own tasks. */
export function ownerEntry(organizationId: string, mode: Mode): string {
  return `@${mode[0]}${organizationId.replaceAll('-', '')}`;
}

/** The entry of one pair of metadata; short, so a match is checked against the pair itself. */
export function pairEntry(key: string, value: string): string {
  return `=${createHash('md5').update(`${key}\0${value}`).digest('hex').slice(0, 16)}`;
}

export interface Searchable {
  id: string;
  organizationId: string;
  mode: Mode;
  payload: unknown;
  metadata: unknown;
  idempotencyKey: string | null;
}

/** All entries of a task. */
export function searchEntriesOf(task: Searchable): string[] {
  const entries = new Set<string>([ownerEntry(task.organizationId, task.mode)]);
  const addWords = (text: string) => {
    for (const word of wordsOf(text)) {
      if (entries.size >= WORDS_MAX) return;
      entries.add(word);
    }
  };
  for (const [key, value] of Object.entries((task.metadata as object | null) ?? {})) {
    if (value === null) continue;
    addWords(key);
    // v0 takes documents as metadata: they have words, but are no pair that a list can ask for.
    if (typeof value === 'object') forEachText(value, addWords);
    else {
      entries.add(pairEntry(key, String(value)));
      addWords(String(value));
    }
  }
  addWords(task.id);
  addWords(task.idempotencyKey ?? '');
  forEachText(task.payload, addWords);
  return [...entries];
}

/** Every text and number in a document, in order. */
function forEachText(value: unknown, take: (text: string) => void): void {
  if (typeof value === 'string') take(value);
  else if (typeof value === 'number') take(String(value));
  else if (value !== null && typeof value === 'object') {
    for (const child of Object.values(value)) forEachText(child, take);
  }
}

/**
 * What somebody typed, as a condition in Postgres' words: every word must be there, or begin one
 * that is. Null where there is no word in it.
 */
export function searchCondition(text: string): string | null {
  const words = [...new Set(wordsOf(text))].slice(0, QUERY_WORDS_MAX);
  return words.length > 0 ? words.map((word) => `'${word}':*`).join(' & ') : null;
}
