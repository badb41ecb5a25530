'use client';

import { useEffect } from 'react';
import { answerByKey, isTyping } from '@/components/task-form/answer-keys';
import { keyPressOf, keyTextsOf } from './keys/key-text';
import { useKeys } from './keys/keys-context';

/**
 * Does what a key means to the form.
 * @returns whether it meant something.
 */
function obey(event: KeyboardEvent, formId: string): boolean {
  const press = keyPressOf(event);
  if (!press) return false;
  if (isTyping(event.target)) {
    if (event.key === 'Escape') (event.target as HTMLElement).blur();
    return false;
  }
  const form = document.getElementById(formId);
  const key = keyTextsOf(press).find((text) => /^[1-9yn]$/.test(text));
  return form !== null && key !== undefined && answerByKey(form, key);
}

/** The keys that answer a task's questions: options by digit, or y and n. */
export function useAnswerKeys(formId: string): void {
  const { singleKeys } = useKeys();
  useEffect(() => {
    if (!singleKeys) return;
    const listen = (event: KeyboardEvent) => {
      if (document.querySelector('[role="dialog"]')) return;
      if (obey(event, formId)) event.preventDefault();
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  }, [formId, singleKeys]);
}
