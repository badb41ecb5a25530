import type { AnswerTelemetry } from '@/server/features/tasks/answer-schema';

/**
 * Answers that were submitted and are not known to have arrived, kept in this browser so that
 * neither a lost connection nor a closed page loses one. Each goes under one key, however often it
 * is sent, so that it arrives once.
 */
export interface KeptAnswer {
  workerId: string;
  assignmentId: string;
  type: string;
  output: unknown;
  telemetry: AnswerTelemetry;
  idempotencyKey: string;
  keptAtMs: number;
}

const PREFIX = 'humanrail-answer:';
/** The server keeps drafts no longer either. */
const KEPT_MS = 7 * 24 * 60 * 60 * 1000;

/** Those being sent by this page now, so that nothing sends them beside it. */
const beingSent = new Set<string>();
/** Where the browser's storage is full or forbidden, the page is all there is. */
const unstored = new Map<string, KeptAnswer>();
const listeners = new Set<() => void>();
let known: { text: string; answers: KeptAnswer[] } = { text: '', answers: [] };
let version = 0;

function changed(): void {
  version += 1;
  for (const listener of listeners) listener();
}

function storedTexts(): string[] {
  try {
    return Object.keys(localStorage)
      .filter((name) => name.startsWith(PREFIX))
      .sort()
      .map((name) => localStorage.getItem(name) ?? '');
  } catch {
    return [];
  }
}

function parse(text: string): KeptAnswer[] {
  try {
    const answer = JSON.parse(text) as KeptAnswer;
    return answer.keptAtMs > Date.now() - KEPT_MS ? [answer] : [];
  } catch {
    return [];
  }
}

/** All of this browser's kept answers; the same array while they are the same. */
export function readKept(): KeptAnswer[] {
  const texts = storedTexts();
  const text = `${version}\n${texts.join('\n')}`;
  if (text !== known.text) {
    const stored = texts.flatMap(parse);
    const ids = new Set(stored.map((each) => each.assignmentId));
    const others = [...unstored.values()].filter((each) => !ids.has(each.assignmentId));
    known = { text, answers: [...stored, ...others] };
  }
  return known.answers;
}

const NONE: KeptAnswer[] = [];
export const readKeptOnServer = () => NONE;

export function onKeptChange(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

export function keepAnswer(answer: KeptAnswer): void {
  try {
    localStorage.setItem(PREFIX + answer.assignmentId, JSON.stringify(answer));
  } catch {
    unstored.set(answer.assignmentId, answer);
  }
  changed();
}

export function forgetAnswer(assignmentId: string): void {
  unstored.delete(assignmentId);
  try {
    localStorage.removeItem(PREFIX + assignmentId);
  } catch {
    // It was never stored.
  }
  changed();
}

export function isBeingSent(assignmentId: string): boolean {
  return beingSent.has(assignmentId);
}

/** Marks an answer as being sent by this page while `run` does it. */
export async function whileSending<T>(assignmentId: string, run: () => Promise<T>): Promise<T> {
  beingSent.add(assignmentId);
  changed();
  try {
    return await run();
  } finally {
    beingSent.delete(assignmentId);
    changed();
  }
}
