'use client';

import { useEffect, useRef } from 'react';
import type { AnswerTelemetry } from '@/server/features/tasks/answer-schema';

interface Counters {
  startedMs: number;
  activeMs: number;
  /** Since when the page is in focus; null while it is not. */
  focusedSinceMs: number | null;
  pastedChars: number;
  keystrokes: number;
}

/**
 * Counts how an answer was made: time in focus, keys, share of pasted text. The page tells the
 * worker so; what was typed or pasted is not kept.
 * @returns reads the counts; give it how many characters of free text the answer has.
 */
export function useTelemetry(): (textChars: number) => AnswerTelemetry {
  const counters = useRef<Counters | null>(null);
  useEffect(() => {
    const now = performance.now();
    const kept: Counters = {
      startedMs: now,
      activeMs: 0,
      focusedSinceMs: document.hasFocus() ? now : null,
      pastedChars: 0,
      keystrokes: 0,
    };
    counters.current = kept;
    const settle = () => {
      const isFocused = document.visibilityState === 'visible' && document.hasFocus();
      const at = performance.now();
      if (kept.focusedSinceMs !== null) kept.activeMs += at - kept.focusedSinceMs;
      kept.focusedSinceMs = isFocused ? at : null;
    };
    const onKey = () => {
      kept.keystrokes += 1;
    };
    const onPaste = (event: ClipboardEvent) => {
      kept.pastedChars += event.clipboardData?.getData('text').length ?? 0;
    };
    window.addEventListener('focus', settle);
    window.addEventListener('blur', settle);
    document.addEventListener('visibilitychange', settle);
    document.addEventListener('keydown', onKey);
    document.addEventListener('paste', onPaste);
    return () => {
      window.removeEventListener('focus', settle);
      window.removeEventListener('blur', settle);
      document.removeEventListener('visibilitychange', settle);
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('paste', onPaste);
    };
  }, []);
  return (textChars) => {
    const kept = counters.current;
    if (!kept) return {};
    const at = performance.now();
    const totalMs = Math.max(1, at - kept.startedMs);
    const focused = kept.focusedSinceMs === null ? 0 : at - kept.focusedSinceMs;
    const activeMs = Math.min(kept.activeMs + focused, totalMs);
    return {
      activeMs: Math.round(activeMs),
      pasteShare: textChars > 0 ? Math.min(1, kept.pastedChars / textChars) : 0,
      focusLossShare: 1 - activeMs / totalMs,
      keystrokes: kept.keystrokes,
    };
  };
}

/** How many characters of free text a form holds. */
export function textCharsOf(form: HTMLElement): number {
  const fields = form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
    'textarea, input[type="text"]:not([role="spinbutton"])',
  );
  return [...fields].reduce((sum, field) => sum + field.value.length, 0);
}
