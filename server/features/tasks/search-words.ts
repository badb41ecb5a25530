import { createHash } from 'node:crypto';
import type { Mode } from '@/server/platform/actor';

/**
 * A task's search index. Words are normalised without case and accents; scripts without spaces are
 * indexed by character. Special entries start with a character that no word has: `@` for the owner,
 * `=` for a metadata pair.
 */

const UNSPACED = '\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\p{scx=Thai}';
const WORD = new RegExp(`[${UNSPACED}]|(?:(?![${UNSPACED}])[\\p{L}\\p{N}])+`, 'gu');
const WORD_CHARS_MAX = 64;
/** More than a long document has; the rest is not indexed. */
const WORDS_MAX = 5_000;
const QUERY_WORDS_MAX = 12;

/** The normalised words of a text. */
export function wordsOf(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase();
  return (plain.match(WORD) ?? []).map((word) =>
    // Truncates by code point, because half of one is invalid in Postgres.
    word.length > WORD_CHARS_MAX ? [...word].slice(0, WORD_CHARS_MAX).join('') : word,
  );
}

/** The entry that restricts a search to one organization and mode. */
export function ownerEntry(organizationId: string, mode: Mode): string {
  return `@${mode[0]}${organizationId.replaceAll('-', '')}`;
}

/** The entry of a metadata pair; shortened, so matches are verified against the pair itself. */
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
    // v0 allows documents as metadata: they have words, but are not pairs that lists can filter by.
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

/** Calls `take` for every text and number of a document, in order. */
function forEachText(value: unknown, take: (text: string) => void): void {
  if (typeof value === 'string') take(value);
  else if (typeof value === 'number') take(String(value));
  else if (value !== null && typeof value === 'object') {
    for (const child of Object.values(value)) forEachText(child, take);
  }
}

/**
 * A search input as a Postgres query: every word must match, at least as a prefix. Null without
 * words.
 */
export function searchCondition(text: string): string | null {
  const words = [...new Set(wordsOf(text))].slice(0, QUERY_WORDS_MAX);
  return words.length > 0 ? words.map((word) => `'${word}':*`).join(' & ') : null;
}
