'use client';

import { useEffect } from 'react';
import { answerByKey, isTyping } from '@/components/task-form/answer-keys';
import { type KeyPress, keyPressOf, keyTextsOf } from '@/components/work/keys/key-text';
import { useKeys } from '@/components/work/keys/keys-context';

/** Keys that are kept for a form that is not there yet. */
const WAITING_MAX = 30;

/** The digit, y or n that a key press answers with, if it does. */
function answerKeyOf(press: KeyPress): string | undefined {
  return keyTextsOf(press).find((text) => /^[1-9yn]$/.test(text));
}

/**
 * The keys that answer a task's questions: options by digit, or y and n. Those that are pressed before the form is there
 * count once it is.
 */
export function useAnswerKeys(formId: string): void {
  const { singleKeys } = useKeys();
  useEffect(() => {
    if (!singleKeys) return;
    const waiting: string[] = [];
    let frame = 0;
    const formNow = () => document.getElementById(formId);
    // One a frame, so that each meets the form as the one before it has left it.
    const answerWaiting = () => {
      const form = formNow();
      const key = form ? waiting.shift() : undefined;
      if (form && key !== undefined) answerByKey(form, key);
      frame = waiting.length > 0 ? requestAnimationFrame(answerWaiting) : 0;
    };
    /** Returns whether the key meant something, or may once the form is there. */
    const answer = (key: string): boolean => {
      const form = formNow();
      if (form && waiting.length === 0) return answerByKey(form, key);
      if (waiting.length >= WAITING_MAX) return false;
      waiting.push(key);
      frame ||= requestAnimationFrame(answerWaiting);
      return true;
    };
    const listen = (event: KeyboardEvent) => {
      const press = keyPressOf(event);
      if (!press || document.querySelector('[role="dialog"]')) return;
      if (isTyping(event.target)) {
        if (event.key === 'Escape') (event.target as HTMLElement).blur();
        return;
      }
      const key = answerKeyOf(press);
      if (key !== undefined && answer(key)) event.preventDefault();
    };
    document.addEventListener('keydown', listen);
    return () => {
      document.removeEventListener('keydown', listen);
      cancelAnimationFrame(frame);
    };
  }, [formId, singleKeys]);
}
