'use client';

import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { flushSync } from 'react-dom';

/**
 * What is typed shows at once in its own field and reaches the form a moment later, so that a key
 * costs the same in a form of five hundred fields as in one of five. Before an answer is read, every
 * field hands over what it still holds.
 */
export interface PendingEdits {
  /** Adds a field's hand-over; the result takes it away again. */
  join: (handOver: () => void) => () => void;
  /** Says that a field holds something that cannot be read, or (null) no longer. */
  complain: (fieldId: string, message: string | null) => void;
}

const Context = createContext<PendingEdits>({ join: () => () => undefined, complain: () => {} });

export interface EditRegister {
  edits: PendingEdits;
  handOverAll: () => void;
  /** Fields whose text cannot be read, with what is wrong, in no order. */
  complaints: () => [fieldId: string, message: string][];
}

export function useEditRegister(): EditRegister {
  const [fields] = useState(() => new Set<() => void>());
  const [wrong] = useState(() => new Map<string, string>());
  const handOverAll = useCallback(
    () =>
      flushSync(() => {
        for (const handOver of fields) handOver();
      }),
    [fields],
  );
  // Saves a half-typed value to the draft when the page is reloaded or left.
  useEffect(() => {
    window.addEventListener('pagehide', handOverAll);
    return () => window.removeEventListener('pagehide', handOverAll);
  }, [handOverAll]);
  return useMemo(
    () => ({
      edits: {
        join: (handOver) => {
          fields.add(handOver);
          return () => fields.delete(handOver);
        },
        complain: (fieldId, message) => {
          if (message === null) wrong.delete(fieldId);
          else wrong.set(fieldId, message);
        },
      },
      handOverAll,
      complaints: () => [...wrong],
    }),
    [fields, wrong, handOverAll],
  );
}

export const PendingEditsProvider = Context.Provider;

/** Lets a field that keeps its own text hand it over when the answer is asked for. */
export function useHandOver(handOver: () => void): {
  onTyped: () => void;
  complain: PendingEdits['complain'];
} {
  const { join, complain } = useContext(Context);
  const pending = useRef(false);
  useEffect(
    () =>
      join(() => {
        if (pending.current) handOver();
        pending.current = false;
      }),
    [join, handOver],
  );
  const onTyped = useCallback(() => {
    pending.current = true;
  }, []);
  return { onTyped, complain };
}

/** How long after the last key a field hands over its text. */
const PAUSE_MS = 300;

/** What a text means as a value, or why it means nothing. */
export type Reading = { value: unknown } | { wrong: string };

interface LazyTextOptions {
  id: string;
  value: unknown;
  write: (value: unknown) => string;
  read: (text: string, input: HTMLElement | null) => Reading;
  onChange: (value: unknown) => void;
  /**
   * The text stays as it was typed. Rewritten, it might take more lines when the field is left by
   * a press on Submit, which would slip from under the pointer.
   */
  asTyped?: boolean;
  /** What a value nobody has touched becomes when the answer is read; by default itself. */
  settle?: (value: unknown) => unknown;
}

/** Whether a date or time box is filled in part: it says that it is empty, and fires no event. */
function isHalfFilled(input: HTMLElement | null): boolean {
  return input instanceof HTMLInputElement && input.value === '' && input.validity.badInput;
}

/**
 * The text of a field between keys: shown at once, read and handed over after a pause, on leaving
 * the field, or when the answer is asked for.
 */
export function useLazyText(options: LazyTextOptions) {
  const { id, value } = options;
  const { join, complain } = useContext(Context);
  const [typed, setTyped] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const latest = useRef({
    options,
    typed: null as string | null,
    input: null as HTMLElement | null,
    isHalf: false,
  });
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  /** What this field gave the form last. */
  const handed = useRef<unknown>(undefined);
  useEffect(() => {
    latest.current.options = options;
  });
  const handOver = useCallback(() => {
    clearTimeout(timer.current);
    const { typed, input, isHalf } = latest.current;
    latest.current.isHalf = isHalfFilled(input);
    if (typed === null && !latest.current.isHalf && !isHalf) {
      const { value: untouched, settle, onChange } = latest.current.options;
      const settled = settle ? settle(untouched) : untouched;
      if (isAlike(settled, untouched)) return;
      handed.current = settled;
      onChange(settled);
      return;
    }
    const text = typed ?? '';
    latest.current.typed = null;
    const reading = latest.current.options.read(text, input);
    const fault = 'wrong' in reading ? reading.wrong : null;
    complain(id, fault);
    setWrong(fault);
    handed.current = 'wrong' in reading ? undefined : reading.value;
    const isNews = typed !== null || !isAlike(latest.current.options.value, handed.current);
    if (isNews) latest.current.options.onChange(handed.current);
  }, [id, complain]);
  // Another tab or device may write meanwhile: what is shown must be what would be handed in.
  useEffect(() => {
    if (latest.current.typed !== null || isAlike(value, handed.current)) return;
    setTyped(null);
    setWrong(null);
    complain(id, null);
  }, [id, value, complain]);
  useEffect(() => join(handOver), [join, handOver]);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      complain(id, null);
    },
    [id, complain],
  );
  const inputRef = useCallback((input: HTMLElement | null) => {
    latest.current.input = input;
  }, []);
  return {
    wrong,
    text: typed ?? options.write(value),
    inputRef,
    onType: (text: string) => {
      latest.current.typed = text;
      setTyped(text);
      clearTimeout(timer.current);
      timer.current = setTimeout(handOver, PAUSE_MS);
    },
    onLeave: () => {
      handOver();
      // What cannot be read stays in sight to be mended.
      if (!latest.current.options || latest.current.options.asTyped) return;
      setTyped((text) => (text !== null && isUnreadable(text, latest.current) ? text : null));
    },
  };
}

function isAlike(a: unknown, b: unknown): boolean {
  return Object.is(a, b) || JSON.stringify(a) === JSON.stringify(b);
}

function isUnreadable(
  text: string,
  at: { options: LazyTextOptions; input: HTMLElement | null },
): boolean {
  return 'wrong' in at.options.read(text, at.input);
}
