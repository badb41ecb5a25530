import { useSyncExternalStore } from 'react';
import { compileOrdinaryPattern } from '@/server/platform/json-schema/policy';

/** A pattern that only the browser's own engine can run, and a text to run it on. */
interface Question {
  source: string;
  text: string;
}

type Verdict = boolean | 'too slow';

const WORKER = '/pattern-worker.js';
/** No pattern that was meant takes longer on a text that was typed. */
const ANSWER_MS_MAX = 250;
const READY_MS_MAX = 5_000;
/** What a submit may wait in all; the server judges what is left. */
const TOTAL_MS_MAX = 2_000;
const VERDICTS_MAX = 2_000;

const verdicts = new Map<string, Verdict>();
const open = new Map<string, Question>();

const keyOf = ({ source, text }: Question) => JSON.stringify([source, text]);

/**
 * What is known of a pattern and a text; null where nothing is. Then the question is kept, and
 * `whenSettled` has it answered: the engine may take for ever, so it never runs in the page itself.
 */
export function slowVerdict(source: string, text: string): Verdict | null {
  const question = { source, text };
  const key = keyOf(question);
  const known = verdicts.get(key);
  if (known === undefined) open.set(key, question);
  return known ?? null;
}

/** The next message of a worker; null where none comes in time. */
function reply(worker: Worker, limitMs: number): Promise<unknown> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => done(null), limitMs);
    const done = (message: unknown) => {
      clearTimeout(timer);
      worker.onmessage = null;
      worker.onerror = null;
      resolve(message);
    };
    worker.onmessage = ({ data }) => done(data);
    worker.onerror = () => done(null);
  });
}

async function startWorker(): Promise<Worker | null> {
  if (typeof Worker === 'undefined') return null;
  const worker = new Worker(WORKER);
  if ((await reply(worker, READY_MS_MAX)) === 'ready') return worker;
  worker.terminate();
  return null;
}

let running: Promise<Worker | null> | null = null;

async function ask(question: Question): Promise<Verdict | null> {
  running ??= startWorker();
  const worker = await running;
  if (!worker) return null;
  const { source, flags } = compileOrdinaryPattern(question.source);
  const answer = reply(worker, ANSWER_MS_MAX);
  worker.postMessage({ source, flags, text: question.text });
  const verdict = await answer;
  if (typeof verdict === 'boolean') return verdict;
  worker.terminate();
  running = null;
  return 'too slow';
}

/** Has the open questions answered, one after another. */
async function askAll(): Promise<void> {
  const startedMs = performance.now();
  let isAny = false;
  for (const [key, question] of [...open]) {
    if (performance.now() - startedMs > TOTAL_MS_MAX) break;
    const verdict = verdicts.get(key) ?? (await ask(question));
    if (verdict === null) break;
    if (verdicts.size >= VERDICTS_MAX) verdicts.clear();
    verdicts.set(key, verdict);
    open.delete(key);
    isAny = true;
  }
  if (isAny) announceVerdicts();
}

let version = 0;
const listeners = new Set<() => void>();

/** Says that more is known of patterns than before. */
export function announceVerdicts(): void {
  version += 1;
  for (const listener of listeners) listener();
}

/** Changes whenever more is known of patterns, so that what depends on them is made again. */
export const verdictVersion = () => version;

/** Makes a component render again when more is known of patterns. */
export function usePatternVerdicts(): void {
  useSyncExternalStore(subscribe, verdictVersion, verdictVersion);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** What waits for verdicts, in order; null while nothing does. */
let waiting: Promise<void> | null = null;

function inTurn(task: () => Promise<void>): void {
  const mine = (waiting ?? Promise.resolve())
    .then(task)
    .catch(reportError)
    .finally(() => {
      if (waiting === mine) waiting = null;
    });
  waiting = mine;
}

/** Has what the last rendering asked answered, for forms whose fields depend on a pattern. */
export function answerOpenQuestions(): void {
  if (open.size > 0) inTurn(askAll);
}

/** A condition may ask only once another is answered; deeper than this, the server judges. */
const ROUNDS_MAX = 4;

/**
 * Makes a check that may ask for slow patterns, and hands its outcome on once they are answered: at
 * once where it asks for none and nothing else waits, else in its turn. The check may run several
 * times, and counts as it runs last.
 */
export function whenSettled<T>(check: () => T, then: (outcome: T) => void): void {
  if (waiting === null) {
    open.clear();
    const outcome = check();
    if (open.size === 0) {
      then(outcome);
      return;
    }
  }
  inTurn(async () => {
    for (let round = 0; round < ROUNDS_MAX; round += 1) {
      open.clear();
      const knownBefore = version;
      check();
      if (open.size === 0) break;
      await askAll();
      if (version === knownBefore) break;
    }
    then(check());
  });
}
