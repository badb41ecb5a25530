'use client';

import { useEffect } from 'react';
import { answerByKey, isTyping } from '@/components/task-form/answer-keys';
import { keyPressOf, keyTextsOf } from './keys/key-text';
import { useKeys } from './keys/keys-context';

/** Keys that are kept for a form that is not there yet. */
const WAITING_MAX = 30;

/** The digit, y or n that a key press answers with; null where it is meant for something else. */
function answerKeyOf(event: KeyboardEvent): string | null {
  const press = keyPressOf(event);
  if (!press) return null;
  if (isTyping(event.target)) {
    if (event.key === 'Escape') (event.target as HTMLElement).blur();
    return null;
  }
  return keyTextsOf(press).find((text) => /^[1-9yn]$/.test(text)) ?? null;
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
    const listen = (event: KeyboardEvent) => {
      if (document.querySelector('[role="dialog"]')) return;
      const key = answerKeyOf(event);
      if (key === null) return;
      const form = formNow();
      if (form && waiting.length === 0) {
        if (answerByKey(form, key)) event.preventDefault();
        return;
      }
      if (waiting.length >= WAITING_MAX) return;
      event.preventDefault();
      waiting.push(key);
      frame ||= requestAnimationFrame(answerWaiting);
    };
    document.addEventListener('keydown', listen);
    return () => {
      document.removeEventListener('keydown', listen);
      cancelAnimationFrame(frame);
    };
  }, [formId, singleKeys]);
}
